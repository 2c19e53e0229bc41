import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { LibraryApi } from './port.ts';
import { librarySettings, libraryStats, retained, retentionLimits, settingsPatch, trends, trendsQuery } from './schemas.ts';
import { utcMsOf } from './times.ts';

const tags = ['library'];

/** The library as a whole. */
export const wholeLibrary: FastifyPluginCallbackZod<LibraryApi> = (app, { library, trendsOf }, done) => {
  app.get('/library', { schema: { tags, summary: 'How much is kept', response: { 200: libraryStats } } }, () => library.stats());
  app.post(
    '/library/retention',
    { schema: { tags, summary: 'Removes what is too old or too much, never what is starred', body: retentionLimits, response: { 200: retained } } },
    async ({ body }) => {
      const { removed, freedBytes } = await library.retention(body);
      return { removed: [...removed], freedBytes };
    },
  );
  app.get('/trends', { schema: { tags, summary: 'How sessions change over weeks', querystring: trendsQuery, response: { 200: trends } } }, ({ query: { from, to, personId } }) => ({
    ...trendsOf(library.summaries({ personId, from: utcMsOf(from), to: utcMsOf(to) })),
  }));
  app.get('/settings', { schema: { tags, summary: 'What the library goes by', response: { 200: librarySettings } } }, () => library.settings());
  app.patch('/settings', { schema: { tags, summary: 'Changes settings', body: settingsPatch, response: { 200: librarySettings } } }, ({ body }) =>
    library.changeSettings(body));
  done();
};
