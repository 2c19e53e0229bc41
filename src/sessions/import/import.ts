import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { v7 } from 'uuid';
import type { RollerInfo } from '../../../firmware-protocol/info.ts';
import { readError } from '../file-errors.ts';
import { saveRecording } from '../writer.ts';
import { encodeLog, infoOf, ROLLER_LENGTH_MM } from './encode.ts';
import { parseLog } from './log.ts';
import { checkHandedness, findAxis, flipped, type Axis, type Flip } from './orientation.ts';
import { isGap, sampleTimes, type SampleTimes } from './times.ts';

export interface ImportOptions {
  readonly file: string;
  readonly out: string;
  readonly radiusMm: number;
  readonly axis: Axis | 'auto';
  /** Area of each pressure zone; null: `defaultZoneAreaCm2`. */
  readonly zoneAreaCm2: number | null;
  readonly flips: readonly Flip[];
  readonly mountMm: readonly [number, number] | null;
  /** Name and version of this program. */
  readonly software: string;
}

export interface ImportReport {
  readonly rows: number;
  readonly durationS: number;
  readonly logged: SampleTimes['logged'];
  readonly gaps: number;
  readonly info: RollerInfo;
  readonly ignored: readonly string[];
}

/** How far a zone reaches around the roller under the body, cm: the contact patch is 3 to 6 cm long (docs/coaching.md). */
const PATCH_CM = 4;
export const defaultZoneAreaCm2 = (zones: number): number => (ROLLER_LENGTH_MM / 10 / zones) * PATCH_CM;

/**
 * Turns a logger's CSV into a recording. The same file with the same options gives the same recording: its id and its roller's
 * are made of the content, its date is the file's. Rejects with E_FILE_READ, E_CSV, E_AXIS, E_HANDEDNESS or E_FILE_WRITE, and
 * then writes nothing.
 */
export async function importCsv(options: ImportOptions): Promise<ImportReport> {
  const { file, flips } = options;
  const { text, modifiedUtcMs } = await readText(file);
  const log = flipped(parseLog(text, file), flips);
  const times = sampleTimes(log.timeS);
  const axis = options.axis === 'auto' ? findAxis(log) : options.axis;
  checkHandedness(log, times, axis, flips);

  const hash = createHash('sha256')
    .update(text)
    .update(JSON.stringify({ ...options, file: null, out: null, software: null }))
    .digest();
  const info = infoOf(log, times, {
    deviceId: hash.toString('hex', 16, 24),
    name: basename(file),
    radiusMm: options.radiusMm,
    axis,
    mountMm: options.mountMm,
    zoneAreaCm2: options.zoneAreaCm2 ?? defaultZoneAreaCm2(log.zonesKpa.length),
  });
  const meta = {
    sessionId: v7({ msecs: modifiedUtcMs, random: hash.subarray(0, 16), seq: 0 }),
    startUtcMs: modifiedUtcMs,
    source: 'live',
    software: options.software,
    scenario: null,
    seed: null,
    importedFrom: basename(file),
  } as const;
  await saveRecording(options.out, meta, encodeLog(log, times, info, basename(file)));
  return {
    rows: log.rows,
    durationS: times.timeS.at(-1)! - times.timeS[0]! + times.periodS,
    logged: times.logged,
    gaps: times.timeS.reduce((count, _, row) => count + Number(isGap(times, row)), 0),
    info,
    ignored: log.ignored,
  };
}

async function readText(file: string): Promise<{ text: string; modifiedUtcMs: number }> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { text, modifiedUtcMs: Math.floor(mtimeMs) };
  } catch (error) {
    throw readError(file, error);
  }
}
