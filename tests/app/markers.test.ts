import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { sessionDocument } from '../../src/sessions/export/json.ts';
import { parseRecording } from '../../src/sessions/reader.ts';
import { createReplayIndex, advanceIndex } from '../../src/sessions/replay-index.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';
import { servicesOf } from '../../src/sessions/library/services.ts';
import { inScratch } from '../sessions/scratch.ts';
import { openKeeping } from './keeping-stage.ts';
import { openStage } from './stage.ts';

it('a moment that somebody marks stands in the recording, on its timeline, in its series and in its document, and nothing is judged by it', () =>
  inScratch(async (folder) => {
    const stage = await openKeeping(folder, { scenario: 's03' });
    stage.play(4);
    stage.say({ type: 'marker', text: 'pulls down to the knee' });
    stage.play(6);
    const [session] = await stage.kept();
    const file = path.join(folder, session!.file!);
    const recording = parseRecording(new Uint8Array(await readFile(file)), file);
    const marked = [{ tS: expect.closeTo(4, 1) as number, text: 'pulls down to the knee' }];
    const index = createReplayIndex(recording, replayConfig(recording.meta, { coaching: defaultCoachingConfig, overrides: {} }));
    advanceIndex(index, recording.events.length + 9);
    expect(index.markers).toEqual(marked);
    const { seriesOf, exportOf } = servicesOf(stage.library, defaultCoachingConfig);
    expect(await seriesOf(file, 100)).toMatchObject({ markers: marked });
    const { bytes } = await exportOf(file, { format: 'json', raw: false });
    expect(sessionDocument.parse(JSON.parse(Buffer.from(bytes).toString())).markers).toEqual(marked);
  }));

it('a recording that is played stays as it is', () => {
  const stage = openStage({ scenario: 's03', kind: 'replay' });
  stage.play(2);
  expect(() => stage.conductor.fulfil({ type: 'marker', text: 'here' })).toThrow(expect.objectContaining({ code: 'E_REFUSED' }));
});
