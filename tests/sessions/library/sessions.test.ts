import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptCue } from '../../../src/sessions/library/records.ts';
import type { SessionToKeep } from '../../../src/sessions/library/sessions.ts';
import { summarizeRecording } from '../../../src/sessions/summary/summarize.ts';
import { defaultCoachingConfig } from '../../../src/coaching/parameters.ts';
import { simulated } from '../simulated.ts';
import { idNumber, openShelf, startNumber } from './shelf.ts';

const SUMMARY = summarizeRecording(simulated('s03', 10), { coaching: defaultCoachingConfig, overrides: {} });
const CUE: KeptCue = { tS: 4.1, kind: 'too-fast', level: 1, group: 'quadriceps', side: 'left', value: 15.2, limit: 14, unit: 'cm/s' };

const sessionNumber = (n: number, more: Partial<SessionToKeep> = {}, startUtcMs = startNumber(n)): SessionToKeep => ({
  summary: { ...SUMMARY, origin: { ...SUMMARY.origin, sessionId: idNumber(n), startUtc: new Date(startUtcMs).toISOString(), roller: null } },
  cues: [CUE],
  file: null,
  bytes: 0,
  state: 'whole',
  ...more,
});

describe('sessions in the library', () => {
  it('are given back as they were kept', async () => {
    const library = await openShelf(null);
    const kept = library.keepSession(sessionNumber(1, { bytes: 12, state: 'recovered' }));
    expect(kept).toMatchObject({
      id: idNumber(1), startedUtcMs: startNumber(1), personId: null, source: 'simulated', activeS: SUMMARY.plan.activeS,
      durationS: SUMMARY.origin.durationS, starred: false, name: null, note: '', bytes: 12, state: 'recovered', cueCount: 1,
    });
    expect(kept.rolled).toEqual(SUMMARY.groups.map(({ group, side, activeS }) => ({ group, side, activeS })));
    expect(kept.summary).toEqual(sessionNumber(1).summary);
    expect(library.getSession(idNumber(1))).toEqual(kept);
    expect(library.cuesOf(idNumber(1))).toEqual([CUE]);
  });

  it('kept again are brought up to date, and keep what a person wrote', async () => {
    const library = await openShelf(null);
    const { id: personId } = library.addPerson({ name: 'Ada', massKg: null, experience: 'new' });
    library.keepSession(sessionNumber(1, { personId }));
    library.changeSession(idNumber(1), { starred: true, name: 'Legs', note: 'after the\nlong run' });
    const again = library.keepSession(sessionNumber(1, { cues: [CUE, { ...CUE, tS: 9 }], bytes: 99 }));
    expect(again).toMatchObject({ starred: true, name: 'Legs', note: 'after the\nlong run', personId, bytes: 99, cueCount: 2 });
    expect(library.cuesOf(idNumber(1)).map(({ tS }) => tS)).toEqual([4.1, 9]);
    expect(library.stats()).toMatchObject({ sessions: 1, starred: 1, people: 1 });
  });

  it('are all found page by page, the latest first, whatever their times', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 7 }), async (hours, limit) => {
        const library = await openShelf(null);
        for (const [n, hour] of hours.entries()) library.keepSession(sessionNumber(n, {}, startNumber(hour)));
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = library.listSessions({ limit, cursor });
          expect(page.sessions.length).toBeLessThanOrEqual(limit);
          found.push(...page.sessions.map(({ id }) => id));
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        const expected = hours.map((hour, n) => [hour, idNumber(n)] as const).toSorted(([a, x], [b, y]) => b - a || (x < y ? 1 : -1));
        expect(found).toEqual(expected.map(([, id]) => id));
        library.close();
      }),
      { numRuns: 30 },
    );
  });

  it('are listed by person and by time', async () => {
    const library = await openShelf(null);
    const ada = library.addPerson({ name: 'Ada', massKg: 60, experience: 'some' });
    for (let n = 0; n < 6; n++) library.keepSession(sessionNumber(n, n % 2 === 0 ? { personId: ada.id } : {}));
    const ids = (query: object): string[] => library.listSessions({ limit: 10, ...query }).sessions.map(({ id }) => id);
    expect(ids({ personId: ada.id })).toEqual([4, 2, 0].map(idNumber));
    expect(ids({ from: startNumber(1), to: startNumber(3) })).toEqual([2, 1].map(idNumber));
    expect(ids({ personId: ada.id, from: startNumber(1) })).toEqual([4, 2].map(idNumber));
    expect(library.summaries({ personId: ada.id }).map(({ origin }) => origin.sessionId)).toEqual([0, 2, 4].map(idNumber));
  });

  it('go on being there, as nobody\'s, when their person goes', async () => {
    const library = await openShelf(null);
    const { id } = library.addPerson({ name: 'Ada', massKg: 60, experience: 'some' });
    library.keepSession(sessionNumber(1, { personId: id }));
    library.deletePerson(id);
    expect(library.getSession(idNumber(1)).personId).toBeNull();
    expect(() => library.deletePerson(id)).toThrow(`there is no person ${id}`);
  });

  it('are nobody\'s where their person is not known here', async () => {
    const library = await openShelf(null);
    expect(library.keepSession(sessionNumber(1, { personId: idNumber(9) })).personId).toBeNull();
    expect(() => library.changeSession(idNumber(1), { personId: idNumber(9) })).toThrow('there is no person');
  });

  it('are found by the beginning or the end of their id, where it is one', async () => {
    const library = await openShelf(null);
    for (const n of [0xabc1, 0xabc2, 0xdef]) library.keepSession(sessionNumber(n));
    expect(library.findSession('DEF').id).toBe(idNumber(0xdef));
    expect(library.findSession(idNumber(0xabc1)).id).toBe(idNumber(0xabc1));
    expect(() => library.findSession('0198')).toThrow('0198 stands for several sessions');
    for (const part of ['fff', '%', '_', '', "' OR 1=1"]) expect(() => library.findSession(part)).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }));
  });

  it('that are not there are said to be so', async () => {
    const library = await openShelf(null);
    for (const ask of [library.getSession, library.cuesOf, (id: string) => library.star(id, true)]) {
      expect(() => ask(idNumber(1))).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }));
    }
    expect(() => library.listSessions({ limit: 1, cursor: 'nonsense' })).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    await expect(library.deleteSession(idNumber(1))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  });
});
