import { describe, expect, it } from 'vitest';
import { exportRecording } from '../../../src/sessions/export/export.ts';
import { sessionDocument } from '../../../src/sessions/export/json.ts';
import { simulated } from '../simulated.ts';
import { options, runOf } from './exports.ts';

describe('a JSON document of a session', () => {
  it('is what its schema says, and has all that was derived', () => {
    const { bytes, mediaType, extension, sidecar } = exportRecording(simulated('tour', 120), options('json'));
    expect({ mediaType, extension, sidecar }).toEqual({ mediaType: 'application/json', extension: '.json', sidecar: null });
    const document = sessionDocument.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const run = runOf('tour', 120);
    expect(document.series).toEqual(run.series);
    expect(document.series).toHaveLength(1200);
    expect(document.summary).toEqual(run.summary);
    expect(document.cues.map(({ kind }) => kind)).toEqual(['too-fast', 'too-long', 'dose-goal', 'over-pressure', 'dose-limit']);
    expect(document.states.find(({ kind, level }) => kind === 'too-long' && level === 0)?.endS).toBeCloseTo(58.7, 0);
    expect(document.meta).toMatchObject({ source: 'simulated', software: 'smart-roller-companion test', notice: expect.stringMatching(/not a medical device/) as string });
  });

  it('is the same, byte for byte, of the same recording', () => {
    const [one, other] = [0, 1].map(() => Buffer.from(exportRecording(simulated('s03', 10), options('json')).bytes));
    expect(one!.equals(other!)).toBe(true);
  });
});
