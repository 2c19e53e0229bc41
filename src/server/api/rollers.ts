import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Clock } from '../../clock.ts';
import type { LibraryApi } from './port.ts';
import { roller, rollerPatch, rollerPath, rollersList } from './schemas.ts';

const tags = ['rollers'];

/** Rollers that were met, and what was calibrated of them. */
export const rollers: FastifyPluginCallbackZod<LibraryApi & { readonly clock: Clock }> = (app, { library, clock }, done) => {
  app.get('/rollers', { schema: { tags, summary: 'The rollers, the last seen first', response: { 200: rollersList } } }, () => ({
    rollers: [...library.listRollers()],
  }));
  app.get(
    '/rollers/:rollerId',
    { schema: { tags, summary: 'A roller, by its device id', params: rollerPath, response: { 200: roller } } },
    ({ params }) => library.getRoller(params.rollerId),
  );
  app.patch(
    '/rollers/:rollerId',
    { schema: { tags, summary: 'Names or calibrates a roller', params: rollerPath, body: rollerPatch, response: { 200: roller } } },
    ({ params, body }) => library.changeRoller(params.rollerId, body, clock.utcMs()),
  );
  done();
};
