/**
 * Every `code` that HTTP and `/ws` answer, beside those of the errors a person can meet (E_...).
 * `httpStatus` where it is an HTTP answer; docs/websocket.md lists them, and a test holds it to that.
 */
export const WIRE_CODES = {
  'bad-request': { httpStatus: 400 },
  unauthorized: { httpStatus: 401 },
  'forbidden-host': { httpStatus: 403 },
  'forbidden-origin': { httpStatus: 403 },
  'not-found': { httpStatus: 404 },
  'too-slow': { httpStatus: 408 },
  'url-too-long': { httpStatus: 414 },
  'upgrade-required': { httpStatus: 426 },
  'headers-too-large': { httpStatus: 431 },
  internal: { httpStatus: 500 },
  'not-running': { httpStatus: 503 },
  'not-text': {},
  'not-json': {},
  'unknown-message': {},
  'message-too-large': {},
  'too-many-messages': {},
  'too-many-clients': {},
  'resume-too-old': {},
  'resume-ahead': {},
  'no-such-roller': {},
  claimed: {},
} as const;

export type WireCode = keyof typeof WIRE_CODES;
export type HttpCode = { [C in WireCode]: (typeof WIRE_CODES)[C] extends { httpStatus: number } ? C : never }[WireCode];

/** A request that is refused: answered as `{code, message}` with the status of its code. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpCode;
  /** Read by fastify. */
  readonly statusCode: number;

  constructor(code: HttpCode, message: string) {
    super(message);
    this.code = code;
    this.statusCode = WIRE_CODES[code].httpStatus;
  }
}
