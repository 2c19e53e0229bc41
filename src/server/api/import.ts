import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { HttpError } from '../codes.ts';
import type { LibraryApi } from './port.ts';
import { imported, importQuery } from './schemas.ts';

/** Ten hours of a recording. */
const MOST_BYTES = 256 * 1024 * 1024;

type Options = LibraryApi & { readonly mostBytes?: number };

/** A recording made elsewhere, as the body. It goes to a file as it comes, and into the library when all of it has come. */
export const importing: FastifyPluginCallbackZod<Options> = (app, { library, mostBytes = MOST_BYTES }, done) => {
  // Handed on as a stream: the body limit does not hold, so it is held below.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/octet-stream'], (_request, payload, next) => next(null, payload));

  app.post(
    '/sessions/import',
    {
      bodyLimit: mostBytes,
      schema: {
        tags: ['recordings'],
        summary: 'Takes in a recording made elsewhere; 200 where it is there already',
        consumes: ['application/octet-stream'],
        querystring: importQuery,
        body: z.unknown().meta({ type: 'string', format: 'binary' }),
        response: { 200: imported, 201: imported },
      },
    },
    async ({ body, query }, reply) => {
      if (library.folder === null) {
        throw new AppError('E_LIBRARY', 'this library is in memory: it keeps no recordings', 'start the service with --data');
      }
      if (query.personId !== undefined) library.getPerson(query.personId);
      if (!(body instanceof Readable)) throw new HttpError('bad-request', 'a recording is sent as the body');
      // Called as a recording that is being gathered: what is left of it when the service is killed goes at the next start.
      const file = path.join(library.folder, `.upload-${newId()}.mcap.${process.pid}.part`);
      try {
        await pipeline(body, boundedBy(mostBytes), createWriteStream(file, { flags: 'wx' }));
        const taken = await library.importRecording(file, query.personId ?? null);
        return await reply.code(taken.isNew ? 201 : 200).send(taken);
      } catch (error) {
        throw withoutPath(error, file);
      } finally {
        await rm(file, { force: true });
      }
    },
  );
  done();
};

class TooLarge extends Error {
  readonly statusCode = 413;
}

/** Lets at most so many bytes through. */
const boundedBy = (mostBytes: number) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new TooLarge(`a recording of at most ${mostBytes} bytes is taken`);
      yield chunk;
    }
  };

/** Whoever sent it does not know the name it had here. */
const withoutPath = (error: unknown, file: string): unknown =>
  error instanceof AppError ? new AppError(error.code, error.message.replaceAll(file, 'what was sent'), error.hint, { cause: error }) : error;
