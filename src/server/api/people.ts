import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LibraryApi } from './port.ts';
import { newPerson, peopleList, person, personPatch, personPath } from './schemas.ts';

const tags = ['people'];

/** Local profiles. */
export const people: FastifyPluginCallbackZod<LibraryApi> = (app, { library }, done) => {
  app.get('/people', { schema: { tags, summary: 'Everyone who rolls here', response: { 200: peopleList } } }, () => ({
    people: [...library.listPeople()],
  }));
  app.post('/people', { schema: { tags, summary: 'Adds a person', body: newPerson, response: { 201: person } } }, ({ body }, reply) => {
    void reply.code(201);
    return library.addPerson(body);
  });
  app.get('/people/:personId', { schema: { tags, summary: 'A person', params: personPath, response: { 200: person } } }, ({ params }) =>
    library.getPerson(params.personId));
  app.patch(
    '/people/:personId',
    { schema: { tags, summary: 'Changes what is said of a person', params: personPath, body: personPatch, response: { 200: person } } },
    ({ params, body }) => library.changePerson(params.personId, body),
  );
  app.delete(
    '/people/:personId',
    {
      schema: {
        tags,
        summary: "Removes a person; their sessions stay, as nobody's",
        params: personPath,
        response: { 204: z.undefined() },
      },
    },
    ({ params }, reply) => {
      library.deletePerson(params.personId);
      return reply.code(204).send();
    },
  );
  done();
};
