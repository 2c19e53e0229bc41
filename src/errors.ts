/**
 * Every failure a person can meet: a stable code, what to do about it, and the exit code of the command line
 * (1 failed, 2 wrong usage). A table, so that the docs and the tests can list them.
 */
const ERRORS = {
  E_USAGE: { exitCode: 2 },
  E_CONFIG: { exitCode: 2 },
  E_PORT_IN_USE: { exitCode: 1 },
  E_LISTEN: { exitCode: 1 },
  E_FILE_READ: { exitCode: 1 },
  E_FILE_WRITE: { exitCode: 1 },
  E_CSV: { exitCode: 1 },
  E_AXIS: { exitCode: 1 },
  E_HANDEDNESS: { exitCode: 1 },
  E_NOT_A_RECORDING: { exitCode: 1 },
  E_RECORDING: { exitCode: 1 },
  E_INTERNAL: { exitCode: 1 },
  E_LIBRARY: { exitCode: 1 },
  E_LIBRARY_NEWER: { exitCode: 1 },
  E_NOT_FOUND: { exitCode: 1 },
  E_NOT_EMPTY: { exitCode: 1 },
  E_BACKUP: { exitCode: 1 },
  E_SCENARIO: { exitCode: 2 },
  E_BLUETOOTH: { exitCode: 1 },
  E_NOT_CONNECTED: { exitCode: 1 },
  E_LINK_TIMEOUT: { exitCode: 1 },
  E_LINK_LOST: { exitCode: 1 },
  E_REFUSED: { exitCode: 1 },
  E_SENSOR: { exitCode: 1 },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An operational failure. `message` says what happened, `hint` what to do; together they are one line. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }

  get exitCode(): 1 | 2 {
    return ERRORS[this.code].exitCode;
  }

  /** The line that goes to stderr. */
  get line(): string {
    return `${this.code}: ${this.message}; ${this.hint}`.replaceAll(/\s*\n\s*/g, ' ');
  }
}
