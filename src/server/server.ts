import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { api, type ApiOptions } from './api/api.ts';
import { hintOf } from './api/errors.ts';
import { HttpError, WIRE_CODES, type HttpCode } from './codes.ts';
import { guard, pathOf, queryOf, type Policy } from './guard.ts';
import type { Hub } from './hub.ts';
import type { Log } from './log.ts';
import { answerUnreadable } from './unreadable.ts';

/** A message beyond this ends the connection with 1009; up to it the answer is an `error` (inbound.ts). */
const MAX_PAYLOAD_BYTES = 16 * 1024;
const MAX_URL_BYTES = 2048;
/** A recording may come over a slow network; the head of a request has no reason to. */
const REQUEST_MS = 300_000;
const HEADERS_MS = 10_000;
const YEAR_S = 365 * 24 * 3600;

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
    "media-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** How the source is, for those who wait for the service. */
export interface Health {
  readonly running: boolean;
  readonly [detail: string]: unknown;
}

/** Who plays kept sessions to those who ask for one. */
export interface Viewings {
  /** Takes on a client that wants to watch this session. One that cannot be played is told why, and closed. */
  attach(socket: WebSocket, sessionId: string): void;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly hub: Pick<Hub, 'attach' | 'close'>;
  readonly viewings: Viewings;
  readonly policy: Policy;
  readonly health: () => Health;
  /** Folder of the built dashboard. */
  readonly dashboard: string;
  readonly log: Log;
  /** What is served under `/api`; nothing where it is left out. */
  readonly api?: Omit<ApiOptions, 'log'> | undefined;
}

/** Builds the server without listening, so that tests can inject requests. Closing it closes the hub and the viewings. */
export function buildServer({ hub, viewings, policy, health, dashboard, log, api: served }: ServerOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_PAYLOAD_BYTES,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: true,
    clientErrorHandler: answerUnreadable,
    http: { maxHeaderSize: 8 * 1024, headersTimeout: HEADERS_MS },
    // An address that cannot be read passes no hook: what the hooks see to is seen to here, the socket of an upgrade too.
    frameworkErrors: (error, request, reply) => {
      if (request.headers.upgrade !== undefined) reply.raw.once('finish', () => request.raw.socket.destroy());
      void answer(reply.headers(SECURITY_HEADERS), 'bad-request', error.message, hintFor(request, 'bad-request'));
    },
  });

  app.addHook('preClose', async () => void (await Promise.all([hub.close(), viewings.close()])));

  void app.register(fastifyWebsocket, {
    options: { maxPayload: MAX_PAYLOAD_BYTES, perMessageDeflate: false },
    // ws answers a broken frame with the close code that fits it; only the log wants to know.
    errorHandler: (error) => log.warn(`server: /ws: ${error.message}`),
  });
  // After the plugin's own hook, which marks the upgrades whose sockets it must close when they are refused.
  app.after(() => {
    app.addHook('onRequest', (request, reply, done) => {
      void reply.headers(SECURITY_HEADERS);
      const { headers, raw } = request;
      if (request.url.length > MAX_URL_BYTES) throw new HttpError('url-too-long', `an address has at most ${MAX_URL_BYTES} characters`);
      const cookie = guard(policy, { url: request.url, headers, localAddress: raw.socket.localAddress });
      if (cookie !== null) void reply.header('set-cookie', cookie);
      if (request.ws && pathOf(request.url) !== '/ws') throw new HttpError('not-found', 'the WebSocket is at /ws');
      done();
    });
  });

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof HttpError) return answer(reply, error.code, error.message);
    if (error.statusCode !== undefined && error.statusCode < 500) return answer(reply, 'bad-request', error.message);
    log.warn(`server: ${request.method} ${request.url}: ${error.stack ?? error.message}`);
    return answer(reply, 'internal', 'something went wrong here');
  });
  app.setNotFoundHandler((request, reply) => answer(reply, 'not-found', notFound(request, dashboard), hintFor(request, 'not-found')));

  app.get('/healthz', (_request, reply) => {
    const { running, ...details } = health();
    void reply.header('cache-control', 'no-store');
    return running ? reply.send({ status: 'running', ...details }) : answer(reply, 'not-running', 'no source is running', details);
  });
  void app.register(async (scope) => {
    scope.route({
      method: 'GET',
      url: '/ws',
      handler: () => Promise.reject(new HttpError('upgrade-required', 'this address speaks WebSocket')),
      wsHandler(socket, { url }) {
        const wanted = queryOf(url);
        const session = wanted.get('session');
        if (session === null) hub.attach(socket, wanted.get('roller'));
        else viewings.attach(socket, session);
      },
    });
  });
  if (served !== undefined) void app.register(api, { prefix: '/api', ...served, log });
  if (existsSync(dashboard)) void app.register(fastifyStatic, { root: dashboard, cacheControl: false, setHeaders: cacheByName });
  return app;
}

/** Vite names what it puts into assets/ by its content; everything else is asked for anew. */
function cacheByName(reply: FastifyReply, file: string): void {
  const hashed = path.basename(path.dirname(file)) === 'assets';
  void reply.header('cache-control', hashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
}

const notFound = ({ method, url }: FastifyRequest, dashboard: string): string =>
  existsSync(dashboard) ? `there is no ${method} ${pathOf(url)}` : 'the dashboard has not been built: run npm run build';

/** The API tells what to do about an error, where it is found before the API is reached, too. */
const hintFor = ({ url }: FastifyRequest, code: HttpCode): object => (url.startsWith('/api/') ? { hint: hintOf(code) } : {});

const answer = (reply: FastifyReply, code: HttpCode, message: string, details: object = {}): FastifyReply =>
  reply.code(WIRE_CODES[code].httpStatus).send({ code, message, ...details });
