import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/cli/analysis.ts';
import { analysisText } from '../../src/cli/analysis-text.ts';

type Cue = Analysis['cues'][number];
const cue = (parts: Partial<Cue>): Cue => ({ tS: 4, kind: 'too-fast', level: 1, group: 'hamstrings', side: 'left', value: 14, limit: 12, ...parts });
const lineOf = (parts: Partial<Cue>): string => {
  const quality = { frames: 1, lost: 0, decodeFaults: 0, gaps: 0, sensorFaults: [] };
  const text = analysisText('a.mcap', { source: 'live', durationS: 60, roller: null, quality, groups: [], states: [], cues: [cue(parts)] });
  return text.split('\n').find((line) => line.includes('limit')) ?? '';
};

describe('cues in words', () => {
  it.each([
    [{ unit: 'cm/s' }, 'too-fast 1      14.0 cm/s, limit 12.0 cm/s'],
    [{ unit: 'strokes/min', value: 40, limit: 30 }, 'too-fast 1      40.0 strokes/min, limit 30.0 strokes/min'],
    [{ kind: 'over-pressure', unit: '% BW', value: 65, limit: 60 }, '65.0 % of body weight, limit 60.0 % of body weight'],
    [{ kind: 'over-pressure', unit: 'kPa', value: 80, limit: 75 }, '80.0 kPa, limit 75.0 kPa'],
    [{ kind: 'over-pressure', unit: '% comfort', value: 140, limit: 130 }, '140.0 % of comfortable, limit 130.0 % of comfortable'],
    [{ kind: 'over-pressure', unit: 'NRS', value: 7, limit: 7 }, '7.0 of 10, limit 7.0 of 10'],
  ] as const)('%o: %s', (parts, expected) => expect(lineOf(parts)).toContain(expected));
});
