import { describe, expect, it } from 'vitest';
import { decodeStream, encodeStream } from '../../firmware-protocol/stream.ts';
import { analyze } from '../../src/cli/analysis.ts';
import { analysisText } from '../../src/cli/analysis-text.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { RecordedEvent, Recording } from '../../src/sessions/recording.ts';
import { META } from '../sessions/samples.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';

/** A cell that reads 15 kPa whatever happens. */
function stuck(event: RecordedEvent, cells: readonly number[]): RecordedEvent {
  if (event.type !== 'frame' || event.characteristic !== 'stream') return event;
  const frame = decodeStream(event.bytes);
  if (!frame.ok) throw new Error(frame.fault.detail);
  const pressure = frame.value.pressure.map((raw, i) => (cells.includes(i % frame.value.cellCount) ? 1500 : raw));
  return { ...event, bytes: encodeStream({ ...frame.value, pressure }) };
}

const events = simulatedInputs('good-rolling', { seed: 2, seconds: 60 });
const recording = (cells: readonly number[]): Recording => ({
  meta: META, events: events.map((event) => stuck(event, cells)), truth: { ticks: [], cues: [] }, damage: null, messages: events.length,
});

describe('analyze', () => {
  it('tells of cells that were not to be trusted', () => {
    const analysis = analyze(recording([5, 20]), { coaching: defaultCoachingConfig, overrides: {} }, false);
    expect(analysis.quality.sensorFaults).toEqual([{ kind: 'stuck', cells: [5, 20] }]);
    expect(analysisText('a.mcap', analysis)).toContain('  cell 5, 20           does not change while the roller turns, and is left out\n');
  });

  it('says nothing of sound ones', () => {
    const analysis = analyze(recording([]), { coaching: defaultCoachingConfig, overrides: {} }, false);
    expect(analysis.quality.sensorFaults).toEqual([]);
    expect(analysisText('a.mcap', analysis)).not.toContain('cell ');
  });
});
