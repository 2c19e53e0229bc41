import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encodeInfo } from '../../firmware-protocol/info.ts';
import { systemClock } from '../../src/clock.ts';
import { startRecorder } from '../../src/sessions/recorder.ts';
import { INFO, streamFrame } from './samples.ts';

/**
 * Records sessions at 50 frames a second until it is killed; argv: folder, number of sessions. How many frames each has been given
 * stands in `taken`, 32 bits each: what the system has outlives the process.
 */
const [, , folder = '.', count = '1'] = process.argv;
const PERIOD_MS = 20;
const taken = openSync(join(folder, 'taken'), 'w');

function record(session: number): void {
  const nowS = (): number => systemClock.monotonicS();
  const recorder = startRecorder({
    folder,
    meta: { source: 'live', software: 'test 0', scenario: String(session), seed: null },
    clock: systemClock,
    onTrouble: (trouble) => process.stdout.write(`${trouble.line}\n`),
  });
  recorder.take({ type: 'frame', characteristic: 'info', bytes: encodeInfo(INFO), arrivalS: nowS() });
  let frames = 0;
  setInterval(() => {
    recorder.take({ type: 'frame', characteristic: 'stream', bytes: streamFrame(frames++), arrivalS: nowS() });
    recorder.derived({
      tS: frames / 50, speedCmS: 1, positionCm: 2, contact: true, contactAssumed: false, contactS: 0.1, forceN: 3,
      pressureKpa: null, peakKpa: null, balance: null, disturbed: false, gap: false, strokes: [],
    });
    writeSync(taken, new Uint32Array([frames]), 0, 4, session * 4);
  }, PERIOD_MS);
}

// Chunks of different sessions close at different times.
for (let session = 0; session < Number(count); session++) setTimeout(() => record(session), session * 130);
process.stdout.write('ready\n');
