import { copyFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { idOf } from '../../ids.ts';
import type { PipelineConfig } from '../../pipeline.ts';
import { writeError } from '../file-errors.ts';
import { readRecording } from '../reader.ts';
import type { Recording } from '../recording.ts';
import { recoverRecording } from '../recover.ts';
import { digest, type Digest } from './digest.ts';
import { hashOf, pathIn, recordingName, recordingsIn, sizeOf } from './folder.ts';
import { keepCalibration } from './kept-calibrations.ts';
import type { KeptSession, SessionLine } from './records.ts';
import type { Rollers } from './rollers.ts';
import type { Sessions } from './sessions.ts';

/** What `importRecording` came to. */
export interface Imported {
  readonly session: KeptSession;
  /** False: the library had the session already; its recording was copied only where that was gone. */
  readonly isNew: boolean;
}

export interface TakenIn {
  readonly kept: number;
  /** Recordings that are still being made, or could not be read, and why. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
}

export interface Rebuilt extends TakenIn {
  /** Sessions of the library whose recordings are gone. */
  readonly missing: readonly string[];
}

/** What is done with recordings as files. */
export interface Recordings {
  /** Keeps the session of a recording that lies in the data folder already. Rejects with what reading it rejects with. */
  keepRecording(file: string, personId?: string | null): Promise<KeptSession>;
  /**
   * Copies a recording made elsewhere into the data folder, checked, mended if need be, and summarised; one after the other. That of a session
   * whose recording is gone takes its place. Rejects also with E_FILE_WRITE.
   */
  importRecording(file: string, personId?: string | null): Promise<Imported>;
  /**
   * Makes the sessions of the library anew from the recordings; what a person wrote of those that are known stays. Recordings that were not
   * finished are, unless a program is at it.
   */
  rebuild(): Promise<Rebuilt>;
  /** The same of the recordings that the library does not know: of a service that was killed, or that were put there. */
  catchUp(): Promise<TakenIn>;
}

export interface RecordingsOptions {
  readonly folder: string;
  readonly coaching: PipelineConfig['coaching'];
  readonly sessions: Sessions;
  readonly rollers: Rollers;
}

interface Examined extends Digest {
  readonly state: SessionLine['state'];
  readonly bytes: number;
}

export function recordingsOf({ folder, coaching, sessions, rollers }: RecordingsOptions): Recordings {
  async function identify(file: string): Promise<Recording> {
    const recording = await readRecording(file);
    return { ...recording, meta: { ...recording.meta, sessionId: await sessionIdOf(recording, file) } };
  }

  async function examine(file: string, recording: Recording): Promise<Examined> {
    const state = recording.meta.recovered === undefined && recording.damage === null ? 'whole' : 'recovered';
    return { ...(await digest(recording, coaching)), state, bytes: (await sizeOf(file)) ?? 0 };
  }

  /** The recording that the library has of a session, where that is there. */
  async function keptFile(sessionId: string): Promise<string | null> {
    const name = sessions.fileOf(sessionId);
    return name !== null && (await sizeOf(pathIn(folder, name))) !== null ? name : null;
  }

  const keep = (file: string, { summary, cues, state, bytes }: Examined, personId: string | null): KeptSession =>
    sessions.keepSession({ summary, cues, file, bytes, state, personId });

  /** A recording that is sent twice at once would be copied twice. */
  let imports: Promise<unknown> = Promise.resolve();

  async function take(file: string, personId: string | null): Promise<Imported> {
    const recording = await identify(file);
    const { sessionId, startUtcMs } = recording.meta;
    if ((await keptFile(sessionId)) !== null) return { session: sessions.getSession(sessionId), isNew: false };
    const isNew = !sessions.hasSession(sessionId);
    const examined = await examine(file, recording);
    const name = await freeName(folder, sessionId, startUtcMs);
    const copy = pathIn(folder, name);
    await copyWhole(file, copy);
    await recoverRecording(copy);
    return { session: keep(name, { ...examined, bytes: (await sizeOf(copy)) ?? 0 }, personId), isNew };
  }

  return {
    async keepRecording(name, personId = null) {
      const file = pathIn(folder, name);
      return keep(name, await examine(file, await identify(file)), personId);
    },
    importRecording(file, personId = null) {
      const turn = imports.then(() => take(file, personId));
      imports = turn.catch(() => undefined);
      return turn;
    },
    async rebuild() {
      const files = await recordingsIn(folder);
      const present = new Set(files);
      const missing = [...allSessions(sessions)].filter(({ file }) => file !== null && !present.has(file)).map(({ id }) => id);
      return { ...(await takeIn(files)), missing };
    },
    async catchUp() {
      const known = new Set([...allSessions(sessions)].map(({ file }) => file));
      return takeIn((await recordingsIn(folder)).filter((name) => !known.has(name)));
    },
  };

  async function takeIn(files: readonly string[]): Promise<TakenIn> {
    const skipped: { file: string; why: string }[] = [];
    let kept = 0;
    for (const name of files) {
      const recovery = await recoverRecording(pathIn(folder, name));
      if (recovery.outcome === 'left') skipped.push({ file: name, why: recovery.told });
      if (recovery.outcome !== 'whole' && recovery.outcome !== 'recovered') continue;
      try {
        const recording = await identify(pathIn(folder, name));
        const other = await keptFile(recording.meta.sessionId);
        if (other !== null && other !== name) {
          skipped.push({ file: name, why: `${pathIn(folder, name)} is of the session whose recording is ${other}` });
          continue;
        }
        const examined = await examine(pathIn(folder, name), recording);
        const { startedUtcMs, personId } = keep(name, examined, null);
        for (const [id, calibration] of examined.calibrations) keepCalibration(rollers, id, calibration, { personId, utcMs: Math.max(0, startedUtcMs) });
        kept++;
      } catch (error) {
        skipped.push({ file: name, why: error instanceof Error ? error.message : String(error) });
      }
    }
    return { kept, skipped };
  }
}

/** Every session, the latest first. */
export function* allSessions({ listSessions }: Pick<Sessions, 'listSessions'>): Generator<SessionLine, void> {
  let cursor: string | undefined;
  do {
    const { sessions, next } = listSessions({ limit: 500, cursor });
    yield* sessions;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

const LATEST_UTC_MS = 2 ** 48 - 1;

/** The recording's own; one that names none, or names it otherwise, is told by its content. */
async function sessionIdOf({ meta }: Recording, file: string): Promise<string> {
  const own = z.uuid().safeParse(meta.sessionId.toLowerCase());
  if (own.success) return own.data;
  return idOf(Math.min(Math.max(0, meta.startUtcMs), LATEST_UTC_MS), await hashOf(file));
}

async function freeName(folder: string, sessionId: string, startUtcMs: number): Promise<string> {
  const name = recordingName(sessionId, startUtcMs);
  return (await sizeOf(path.join(folder, name))) === null ? name : name.replace(/[^-]+\.mcap$/, `${sessionId}.mcap`);
}

/** The file appears under its name when it is complete. */
async function copyWhole(from: string, to: string): Promise<void> {
  const part = path.join(path.dirname(to), `.${path.basename(to)}.${process.pid}.part`);
  try {
    await copyFile(from, part);
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw writeError(to, error);
  }
}
