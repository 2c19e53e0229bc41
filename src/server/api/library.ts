import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Clock } from '../../clock.ts';
import type { LibraryApi } from './port.ts';
import { librarySettings, libraryStats, retained, retentionLimits, settingsPatch, trends, trendsQuery } from './schemas.ts';

const tags = ['library'];
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** The library as a whole. */
export const wholeLibrary: FastifyPluginCallbackZod<LibraryApi & { readonly clock: Clock }> = (app, { library, trendsOf, clock }, done) => {
  app.get('/library', { schema: { tags, summary: 'How much is kept', response: { 200: libraryStats } } }, () => library.stats());
  app.post(
    '/library/retention',
    {
      schema: {
        tags,
        summary: 'Removes what is too old or too much, never what is starred',
        body: retentionLimits,
        response: { 200: retained },
      },
    },
    async ({ body }) => {
      const { removed, freedBytes } = await library.retention(body);
      return { removed: [...removed], freedBytes };
    },
  );
  app.get(
    '/trends',
    { schema: { tags, summary: 'How rolling went from week to week', querystring: trendsQuery, response: { 200: trends } } },
    ({ query: { personId, weeks, timeZone } }) => {
      const nowUtcMs = clock.utcMs();
      const from = nowUtcMs - (weeks + 1) * WEEK_MS;
      return trendsOf(library.summaries({ personId, from }), { weeks, nowUtcMs, timeZone });
    },
  );
  app.get('/settings', { schema: { tags, summary: 'What the library goes by', response: { 200: librarySettings } } }, () =>
    library.settings());
  app.patch(
    '/settings',
    { schema: { tags, summary: 'Changes settings', body: settingsPatch, response: { 200: librarySettings } } },
    ({ body }) => library.changeSettings(body),
  );
  done();
};
