import fastifySwagger from '@fastify/swagger';
import type { FastifyPluginAsync } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler, type FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Clock } from '../../clock.ts';
import { HttpError } from '../codes.ts';
import { pathOf } from '../guard.ts';
import type { Log } from '../log.ts';
import { errorHandler } from './errors.ts';
import { files } from './files.ts';
import { importing } from './import.ts';
import { wholeLibrary } from './library.ts';
import { people } from './people.ts';
import type { LibraryApi } from './port.ts';
import { rollers } from './rollers.ts';
import { refuseOtherSites } from './same-site.ts';
import { errorBody } from './schemas.ts';
import { sessions } from './sessions.ts';
import { wsSchema } from './ws-schema.ts';

export interface ApiOptions extends LibraryApi {
  readonly clock: Clock;
  readonly log: Log;
  /** Of this program, told in the description. */
  readonly version: string;
  /** The largest recording that is taken in. */
  readonly mostBytes?: number;
}

const ROUTES = [people, rollers, sessions, files, importing, wholeLibrary] as readonly FastifyPluginCallbackZod<ApiOptions>[];

/** Everything under `/api`. Each route has a schema for what it takes and for what it gives; the description is made of the same ones. */
export const api: FastifyPluginAsync<ApiOptions> = async (app, options) => {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(errorHandler(options.log));
  app.setNotFoundHandler(({ method, url }) => {
    throw new HttpError('not-found', `there is no ${method} ${pathOf(url)}`);
  });
  // A form of another site can send text, and nothing here wants it.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', (request, reply, done) => {
    refuseOtherSites(request);
    void reply.header('cache-control', 'no-store');
    done();
  });
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, response: { ...(route.schema?.response as object | undefined), '4xx': errorBody, '5xx': errorBody } };
  });
  await app.register(fastifySwagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Smart roller companion', version: options.version }, servers: [{ url: '/' }] },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { target: 'draft-2020-12' } }),
  });
  for (const routes of ROUTES) await app.register(routes, { ...options, prefix: '/v1' });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  const messages = wsSchema();
  app.get('/ws-schema.json', { schema: { hide: true } }, () => messages);
};
