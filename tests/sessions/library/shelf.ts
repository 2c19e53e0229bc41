import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { simulate } from '../../../simulators/offline.ts';
import { scenarioNamed } from '../../../src/cli/scenario.ts';
import { defaultCoachingConfig } from '../../../src/coaching/parameters.ts';
import { openLibrary, type Library } from '../../../src/sessions/library/library.ts';
import type { RecordingMeta } from '../../../src/sessions/recording.ts';
import { saveRecording } from '../../../src/sessions/writer.ts';
import { META } from '../samples.ts';

export const NOW = Date.UTC(2026, 4, 3, 12, 30);

/** A library that is closed when the test ends. */
export async function openShelf(folder: string | null, utcMs = NOW): Promise<Library> {
  const library = await openLibrary(folder, { clock: { utcMs: () => utcMs }, coaching: defaultCoachingConfig });
  onTestFinished(() => library.close());
  return library;
}

/** The nth of many sessions: an hour after the one before. */
export const idNumber = (n: number): string => `0198c0de-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const startNumber = (n: number): number => Date.UTC(2026, 0, 1) + n * 3_600_000;

/** Writes a real recording: a simulated person rolls for some seconds. */
export async function recordInto(
  folder: string, name: string, { scenario = 's03', seconds = 20, ...meta }: Partial<RecordingMeta> & { scenario?: string; seconds?: number } = {},
): Promise<string> {
  const file = join(folder, name);
  const full = { ...META, scenario, ...meta };
  await saveRecording(file, full, simulate({ scenario: scenarioNamed(scenario), seed: 1, seconds }));
  return file;
}
