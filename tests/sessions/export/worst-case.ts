import { MUSCLE_GROUPS, SIDES } from '../../../src/guide/groups.ts';
import { balanceOf } from '../../../src/sessions/summary/balance.ts';
import type { RolledGroup } from '../../../src/sessions/summary/summary.ts';
import type { SessionRun } from '../../../src/sessions/export/session-run.ts';
import { runOf } from './exports.ts';

const LONG = '<b>"A name" & that of its maker, which goes on & on</b> '.repeat(5);

const TOUR = runOf('tour', 110);

/** A session with so many groups and sides, and everything that can be long as long as it gets. */
export function crowded(rows: number): SessionRun {
  const run = TOUR;
  const [rolled] = run.summary.groups as [RolledGroup];
  const places = MUSCLE_GROUPS.flatMap((group) => SIDES.map((side) => ({ group, side }))).slice(0, rows);
  const groups = places.map((at, index) => ({
    ...rolled,
    ...at,
    activeS: 30 + 7 * index,
    speed: { ...rolled.speed, tooFastTimes: 12, tooFastS: 123 },
    pain: { beforeNrs: 10, worstNrs: 10, afterNrs: 10, reports: 3 },
  }));
  const endS = run.summary.origin.durationS;
  const kinds = ['too-fast', 'too-long', 'over-pressure', 'dose-limit'] as const;
  const cues = kinds.flatMap((kind) => ([1, 2] as const).map((level) => ({ kind, level, times: 12 })));
  return {
    ...run,
    summary: {
      ...run.summary,
      groups,
      balance: balanceOf(groups),
      cues,
      pain: groups[0]!.pain,
      plan: { ...run.summary.plan, sets: 3, items: places.map((at) => ({ ...at, activeS: 0, setsDone: 0, dose: 'none', goalReached: false })) },
      quality: { ...run.summary.quality, damage: LONG, contactAssumed: true, sensorFaults: [{ kind: 'stuck', cells: [1, 2, 3, 4, 5, 6] }] },
      origin: { ...run.summary.origin, person: { id: 'p', name: LONG }, importedFrom: LONG, roller: { ...run.summary.origin.roller!, name: LONG } },
    },
    markers: Array.from({ length: 9 }, (_, index) => ({ tS: 10 * index, text: LONG })),
    stretches: places.map((at, index) => ({ ...at, startS: (endS * index) / rows, endS: (endS * (index + 1)) / rows, activeS: 5, strokes: 1 })),
  };
}
