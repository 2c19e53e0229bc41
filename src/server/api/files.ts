import { createReadStream } from 'node:fs';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sessionDocument } from '../../sessions/export/json.ts';
import type { LibraryApi } from './port.ts';
import { exportQuery, series, seriesQuery, sessionPath } from './schemas.ts';

const tags = ['recordings'];
/** A page to print runs no script and asks for nothing; its styles stand in it. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const bytes = (description: string, ...mediaTypes: readonly string[]) => ({
  description,
  content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: type === 'application/json' ? sessionDocument : z.string() }])),
});

/** A session's recording, and what can be made of it. */
export const files: FastifyPluginCallbackZod<LibraryApi> = (app, { recordingOf, seriesOf, exportOf }, done) => {
  app.get(
    '/sessions/:sessionId/recording',
    {
      schema: {
        tags,
        summary: 'The recording itself, an MCAP file',
        params: sessionPath,
        response: { 200: bytes('MCAP', 'application/octet-stream') },
      },
    },
    async ({ params }, reply) => {
      const { file, name, size } = await recordingOf(params.sessionId);
      void reply.type('application/octet-stream').header('content-length', size).header('content-disposition', attachment(name));
      return reply.send(createReadStream(file, { end: Math.max(0, size - 1) }) as never);
    },
  );
  app.get(
    '/sessions/:sessionId/series',
    {
      schema: {
        tags,
        summary: 'The derived series for a plot, thinned on request',
        params: sessionPath,
        querystring: seriesQuery,
        response: { 200: series },
      },
    },
    async ({ params, query }) => seriesOf((await recordingOf(params.sessionId)).file, query.maxPoints),
  );
  app.get(
    '/sessions/:sessionId/export',
    {
      schema: {
        tags,
        summary: 'A table, a document, an activity or a page to print',
        params: sessionPath,
        querystring: exportQuery,
        response: { 200: bytes('by `format`', 'text/csv', 'application/json', 'application/vnd.ant.fit', 'text/html') },
      },
    },
    async ({ params, query }, reply) => {
      const { file, name } = await recordingOf(params.sessionId);
      const exported = await exportOf(file, { format: query.format, raw: query.raw === 'true' });
      if (query.format === 'report') void reply.header('content-security-policy', PAGE_POLICY);
      else void reply.header('content-disposition', attachment(name.replace(/\.mcap$/, exported.extension)));
      return reply.type(exported.mediaType).send(Buffer.from(exported.bytes) as never);
    },
  );
  done();
};

/** A name that any system takes. */
const attachment = (name: string): string => `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`;
