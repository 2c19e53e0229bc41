import { stat } from 'node:fs/promises';
import { AppError } from '../../errors.ts';
import type { Library } from './library.ts';

/** The recording of a session, as a file. */
export interface RecordingFile {
  readonly file: string;
  /** Its name, without a folder. */
  readonly name: string;
  readonly size: number;
}

/** Where the recording of a session lies. Rejects with E_NOT_FOUND where there is no such session, where it was not recorded, and where its recording is gone. */
export async function recordingOf(library: Pick<Library, 'getSession' | 'recordingPath'>, sessionId: string): Promise<RecordingFile> {
  const hint = 'its summary and cues are kept';
  const session = library.getSession(sessionId);
  const file = library.recordingPath(session);
  if (file === null || session.file === null) throw new AppError('E_NOT_FOUND', `session ${sessionId} was not recorded`, hint);
  const found = await stat(file).catch(() => null);
  if (found === null) throw new AppError('E_NOT_FOUND', `the recording of session ${sessionId} is gone`, hint);
  return { file, name: session.file, size: found.size };
}
