import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { WIRE_CODES, type HttpCode } from './codes.ts';

/** What Node's parser calls it; anything else is simply no HTTP. */
const REASONS: Readonly<Record<string, readonly [HttpCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'the head of a request has at most 8 kB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['too-slow', 'the request did not come in time'],
};

/** Answers what never becomes a request as everything else is answered, `{code, message}`, and ends the connection. */
export function answerUnreadable({ code: reason = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const [code, message] = REASONS[reason] ?? ['bad-request', 'this is no HTTP request'];
  const { httpStatus } = WIRE_CODES[code];
  const body = JSON.stringify({ code, message });
  const head = [
    `HTTP/1.1 ${httpStatus} ${STATUS_CODES[httpStatus]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
