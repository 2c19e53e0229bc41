import type { PipelineConfig } from '../../pipeline.ts';
import type { Recording } from '../recording.ts';
import { digest } from './digest.ts';
import type { Series } from './records.ts';

const TICK_S = 0.1;

/** At most `maxPoints` points. */
export async function seriesOf(recording: Recording, coaching: PipelineConfig['coaching'], maxPoints: number): Promise<Series> {
  const ticks: Tick[] = [];
  await digest(recording, coaching, (output) => {
    if (output.type === 'tick') ticks.push(output.tick);
  });
  return thinned(ticks, maxPoints);
}

interface Tick {
  readonly tS: number;
  readonly speedCmS: number;
  readonly positionCm: number;
  readonly contact: boolean;
  readonly forceN: number | null;
}

export function thinned(ticks: readonly Tick[], maxPoints: number): Series {
  const each = Math.max(1, Math.ceil(ticks.length / maxPoints));
  const points: Series = { stepS: each * TICK_S, tS: [], speedCmS: [], positionCm: [], contact: [], forceN: [] };
  for (let from = 0; from < ticks.length; from += each) {
    const some = ticks.slice(from, from + each);
    const last = some.at(-1) as Tick;
    const forces = some.flatMap(({ forceN }) => (forceN === null ? [] : [forceN]));
    points.tS.push(last.tS);
    points.speedCmS.push(some.reduce((fastest, { speedCmS }) => (Math.abs(speedCmS) > Math.abs(fastest) ? speedCmS : fastest), 0));
    points.positionCm.push(last.positionCm);
    points.contact.push(some.some(({ contact }) => contact));
    points.forceN.push(forces.length === 0 ? null : Math.max(...forces));
  }
  return points;
}
