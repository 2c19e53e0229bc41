import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { newId } from '../../src/ids.ts';
import { openLibrary, type Library } from '../../src/sessions/library/library.ts';
import type { KeptCue } from '../../src/sessions/library/records.ts';
import { summarizeRecording } from '../../src/sessions/summary/summarize.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';
import { say } from './report.ts';

const SESSIONS = 1000;
const ROUNDS = 200;
const HOUR_MS = 3_600_000;
const CUE: KeptCue = { tS: 4.1, kind: 'too-fast', level: 1, group: 'quadriceps', side: 'left', value: 15.2, limit: 14, unit: 'cm/s' };

/** npm run bench -- library: what a library of a thousand sessions on the disk takes; fails only where it loses one. */
export async function benchLibrary(): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'smart-roller-bench-'));
  const library = await openLibrary(folder, { clock: { utcMs: () => Date.now() }, coaching: defaultCoachingConfig });
  try {
    const ids = fill(library);
    const { id: personId } = library.listPeople()[0]!;
    const middle = library.listSessions({ limit: SESSIONS / 2 }).next!;
    tell('the history page: 50 sessions', () => library.listSessions({ limit: 50 }));
    tell('a page from the middle', () => library.listSessions({ limit: 50, cursor: middle }));
    tell("a person's page", () => library.listSessions({ limit: 50, personId }));
    tell('a session with its summary', () => library.getSession(ids[500]!));
    tell('its cues', () => library.cuesOf(ids[500]!));
    tell('the numbers of the library', () => library.stats());
    tell('all summaries, for trends', () => library.summaries({}), 5);
    tell('starring one', () => library.star(ids[500]!, true));
    const { sessions } = library.stats();
    return sessions === SESSIONS ? [] : [`${SESSIONS - sessions} sessions were lost`];
  } finally {
    library.close();
    await rm(folder, { recursive: true });
  }
}

function fill(library: Library): readonly string[] {
  const summary = aSummary();
  const people = ['Ada', 'Grace'].map((name) => library.addPerson({ name, massKg: null, experience: 'some' }));
  const ids = Array.from({ length: SESSIONS }, newId);
  const startMs = performance.now();
  for (const [n, sessionId] of ids.entries()) {
    const startUtc = new Date(Date.UTC(2025, 0, 1) + n * HOUR_MS).toISOString();
    library.keepSession({
      summary: { ...summary, origin: { ...summary.origin, sessionId, startUtc } },
      cues: Array.from({ length: 12 }, (_, i) => ({ ...CUE, tS: i * 10 })),
      file: `${sessionId}.mcap`,
      bytes: 22_000_000,
      state: 'whole',
      personId: people[n % 2]!.id,
    });
  }
  say(`keeping a session of 12 cues: ${((performance.now() - startMs) / SESSIONS).toFixed(2)} ms on the average of ${SESSIONS}`);
  return ids;
}

function aSummary(): ReturnType<typeof summarizeRecording> {
  const events = simulatedInputs('tour', { seconds: 120 });
  const meta = { sessionId: newId(), startUtcMs: 0, source: 'simulated', software: 'bench', scenario: 'tour', seed: 1, importedFrom: null } as const;
  return summarizeRecording({ meta, events, damage: null }, { coaching: defaultCoachingConfig, overrides: {} });
}

function tell(what: string, work: () => unknown, rounds = ROUNDS): void {
  const timesMs = Array.from({ length: rounds }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  }).toSorted((a, b) => a - b);
  const [median, worst] = [timesMs[Math.floor(rounds / 2)]!, timesMs.at(-1)!];
  say(`${what}: median ${median.toFixed(2)} ms, at most ${worst.toFixed(2)} ms of ${rounds}`);
}
