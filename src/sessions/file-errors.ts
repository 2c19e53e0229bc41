import { AppError } from '../errors.ts';

/** 'ENOENT: no such file or directory, open ...' without the path, which the message has already. */
const reasonOf = (error: unknown): string => (error instanceof Error ? (error.message.split(',')[0] ?? error.message) : String(error));

export const readError = (path: string, error: unknown): AppError =>
  new AppError('E_FILE_READ', `cannot read ${path}: ${reasonOf(error)}`, 'check the name and its permissions', { cause: error });

export const writeError = (path: string, error: unknown): AppError =>
  new AppError('E_FILE_WRITE', `cannot write ${path}: ${reasonOf(error)}`, 'check the folder, its permissions and the space left', {
    cause: error,
  });
