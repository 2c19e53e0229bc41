import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { LibraryApi } from './port.ts';
import { cuesList, keptSession, removed, sessionPatch, sessionPath, sessionsPage, sessionsQuery } from './schemas.ts';
import { utcMsOf } from './times.ts';

const tags = ['sessions'];
/** A note of 4000 characters, every one of them escaped. */
const NOTE_BYTES = 32 * 1024;

/** Sessions that are over. */
export const sessions: FastifyPluginCallbackZod<LibraryApi> = (app, { library }, done) => {
  app.get(
    '/sessions',
    { schema: { tags, summary: 'Sessions, the latest first, page by page', querystring: sessionsQuery, response: { 200: sessionsPage } } },
    ({ query: { from, to, ...query } }) => {
      const page = library.listSessions({ ...query, from: utcMsOf(from), to: utcMsOf(to) });
      return { ...page, sessions: [...page.sessions] };
    },
  );
  app.get(
    '/sessions/:sessionId',
    { schema: { tags, summary: 'A session with its summary', params: sessionPath, response: { 200: keptSession } } },
    ({ params }) => library.getSession(params.sessionId),
  );
  app.patch(
    '/sessions/:sessionId',
    {
      bodyLimit: NOTE_BYTES,
      schema: {
        tags,
        summary: 'Stars, names or notes a session, or says whose it is',
        params: sessionPath,
        body: sessionPatch,
        response: { 200: keptSession },
      },
    },
    ({ params, body }) => library.changeSession(params.sessionId, body),
  );
  app.delete(
    '/sessions/:sessionId',
    {
      schema: {
        tags,
        summary: 'Removes a session and its recording, and says what was removed',
        params: sessionPath,
        response: { 200: removed },
      },
    },
    ({ params }) => library.deleteSession(params.sessionId),
  );
  app.get(
    '/sessions/:sessionId/cues',
    { schema: { tags, summary: 'What the person was told', params: sessionPath, response: { 200: cuesList } } },
    ({ params }) => ({ cues: [...library.cuesOf(params.sessionId)] }),
  );
  done();
};
