import type { PipelineConfig } from '../../pipeline.ts';
import type { Recording } from '../recording.ts';
import { digest } from './digest.ts';
import type { Series } from './records.ts';

const TICK_S = 0.1;

type Stretch = Series['stretches'][number];

/** At most `maxPoints` points. */
export async function seriesOf(recording: Recording, coaching: PipelineConfig['coaching'], maxPoints: number): Promise<Series> {
  const ticks: Tick[] = [];
  const stretches: Stretch[] = [];
  const markers: Series['markers'] = [];
  await digest(recording, coaching, (output, { coaching: { group, side } }) => {
    if (output.type === 'marker') markers.push(output.marker);
    if (output.type !== 'tick') return;
    const { tS } = output.tick;
    ticks.push(output.tick);
    const last = stretches.at(-1);
    if (last?.group === group && last.side === side) last.endS = tS;
    else stretches.push({ group, side, startS: last?.endS ?? 0, endS: tS });
  });
  return { ...thinned(ticks, maxPoints), stretches, markers };
}

interface Tick {
  readonly tS: number;
  readonly speedCmS: number;
  readonly positionCm: number;
  readonly contact: boolean;
  readonly forceN: number | null;
}

export function thinned(ticks: readonly Tick[], maxPoints: number): Omit<Series, 'stretches' | 'markers'> {
  const each = Math.max(1, Math.ceil(ticks.length / maxPoints));
  const points: ReturnType<typeof thinned> = { stepS: each * TICK_S, tS: [], speedCmS: [], positionCm: [], contact: [], forceN: [] };
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
