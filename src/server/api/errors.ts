import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type ErrorCode } from '../../errors.ts';
import { HttpError, WIRE_CODES, type HttpCode } from '../codes.ts';
import type { Log } from '../log.ts';
import type { ErrorBody } from './schemas.ts';

/** Codes that only the API answers, beside those of docs/websocket.md and those of the companion (E_...). */
export const API_CODES = {
  'too-large': { httpStatus: 413 },
  'unsupported-media-type': { httpStatus: 415 },
} as const;
type ApiCode = HttpCode | keyof typeof API_CODES;

/** What a program that asks can do about each. */
const HINTS: Readonly<Record<ApiCode, string>> = {
  'bad-request': 'see /api/openapi.json for what is taken here',
  unauthorized: 'send it as `Authorization: Bearer ...`',
  'forbidden-host': 'use the address that the service printed when it started',
  'forbidden-origin': 'call it from the page of the service, or from a program that is no browser',
  'not-found': 'see /api/openapi.json for the addresses there are',
  'too-slow': 'send it at once',
  'url-too-long': 'shorten it',
  'upgrade-required': 'open it as a WebSocket',
  'headers-too-large': 'send fewer or shorter ones',
  internal: "the service's log says more",
  'not-running': 'try again in a moment',
  'too-large': 'send less',
  'unsupported-media-type': 'send application/json, or application/octet-stream where a file is taken',
};

export const hintOf = (code: HttpCode): string => HINTS[code];

/** Where an error of the companion's own is no fault of the service. */
const STATUS: Partial<Readonly<Record<ErrorCode, number>>> = {
  E_USAGE: 400,
  E_NOT_FOUND: 404,
  E_NOT_A_RECORDING: 422,
  E_RECORDING: 422,
  E_LIBRARY: 503,
  /** Too much is being made at once. */
  E_REFUSED: 503,
  E_FILE_WRITE: 507,
};

/** Whoever sent something has gone: no fault of the service. */
const CUT_OFF: ReadonlySet<string> = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

const statusOf = (code: ApiCode): number => ({ ...WIRE_CODES, ...API_CODES })[code].httpStatus;

interface Answer {
  readonly status: number;
  readonly body: ErrorBody;
}

const plain = (code: ApiCode, message: string): Answer => ({ status: statusOf(code), body: { code, message, hint: HINTS[code] } });

function answerTo(error: FastifyError): Answer | null {
  if (error instanceof HttpError) return plain(error.code, error.message);
  if (error instanceof AppError) {
    const { code, message, hint } = error;
    return { status: STATUS[code] ?? 500, body: { code, message, hint } };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [issue] = error.validation;
    const where = `${error.validationContext ?? 'request'}${issue?.instancePath ?? ''}`;
    return plain('bad-request', `${where}: ${issue?.message ?? 'cannot be understood'}`);
  }
  if (error.statusCode === 413) return plain('too-large', error.message);
  if (error.statusCode === 415) return plain('unsupported-media-type', error.message);
  if (CUT_OFF.has(error.code)) return plain('bad-request', 'the connection ended before all of it had come');
  if (error.statusCode !== undefined && error.statusCode < 500) return plain('bad-request', error.message);
  return null;
}

/** Answers every error as `{code, message, hint}`; what broke here goes to the log, not to whoever asked. */
export const errorHandler =
  (log: Log) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const answer = answerTo(error);
    if (answer === null || answer.status === 500) log.warn(`server: ${request.method} ${request.url}: ${error.stack ?? error.message}`);
    const { status, body } = answer ?? plain('internal', 'something went wrong here');
    return reply.code(status).type('application/json').send(body);
  };
