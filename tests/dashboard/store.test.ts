import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SocketPort } from '../../src/dashboard/state/socket.ts';
import type { CueMessage, HelloMessage, PlaybackMessage, RollerView, ServerMessage } from '../../src/server/wire.ts';
import { snapshot } from './snapshot.ts';

/** A page of its own for each test: the store lives as long as its page does. */
let store: typeof import('../../src/dashboard/state/store.ts');
let nowMs: number;
let hear: (message: ServerMessage) => void;
let sent: unknown[];
let told: { seq: number; telling: string }[];

beforeEach(async () => {
  vi.resetModules();
  store = await import('../../src/dashboard/state/store.ts');
  nowMs = 0;
  sent = [];
  told = [];
  const port: SocketPort = {
    open: (handlers) => {
      hear = (message) => handlers.onText(JSON.stringify(message));
      queueMicrotask(handlers.onOpen);
      return { send: (text) => void sent.push(JSON.parse(text)), close: () => undefined };
    },
    nowMs: () => nowMs,
    later: () => () => undefined,
  };
  store.onCue(({ cue, telling }) => void told.push({ seq: cue.seq, telling }));
  store.connect(port);
  await Promise.resolve();
});

const roller = (id: string, station: number): RollerView => ({
  id, name: id, tool: 'roller', texture: 'firm', radiusCm: 7, hasPressure: true, firmware: null, station, rssiDbm: null, batteryPct: null,
  protocolVersion: 1, link: 'streaming', session: 'running', claimedBy: null,
});
const hello = (parts: Partial<HelloMessage> = {}): HelloMessage => ({
  type: 'hello', protocol: 1, software: '', source: 'live', rollers: [roller('a', 1), roller('b', 2)], station: 1, holdsClaim: false, lastCueSeq: 0, ...parts,
});
const playback = (parts: Partial<PlaybackMessage> = {}): PlaybackMessage => ({
  type: 'playback', file: 'a.mcap', number: 0, files: 1, playing: true, rate: 1, loop: false, ended: false, atS: 0, durationS: 100, indexedS: 100, trouble: null, ...parts,
});
const cue = (seq: number, tS: number): CueMessage => ({
  type: 'cue', seq, roller: 'a', tS, kind: 'too-fast', level: 1, phase: 'start', group: 'lats', side: 'left', value: 7, limit: 6, repeat: 1, audible: true,
});
/** Snapshots as they come, 50 ms apart. */
function see(...times: number[]): void {
  for (const tS of times) {
    nowMs += 50;
    hear(snapshot({ tS }));
  }
}

describe('a recording', () => {
  beforeEach(() => {
    hear(hello({ source: 'replay' }));
    hear(playback());
    hear({ type: 'timeline', durationS: 100, cues: [], markers: [] });
    see(10, 10.05, 10.1);
  });

  test('is known by its player, and forgotten with a service that has a roller', () => {
    expect([store.isReplay.value, store.playback.value?.file, store.timeline.value?.durationS]).toEqual([true, 'a.mcap', 100]);
    hear(hello());
    expect([store.isReplay.value, store.playback.value, store.timeline.value]).toEqual([false, null, null]);
  });

  test('leaps where session time does, and counts each leap once', () => {
    see(10.15, 80, 80.05, 3, 3.05);
    expect(store.jumps.value).toBe(2);
    expect(store.calmSnapshot.value?.tS, 'digits of the other place go at once').toBe(3);
  });

  test('tells a cue where it is played, and none that comes between two places', () => {
    hear(cue(1, 10));
    hear(cue(2, 60)); // of the place it goes to, before that is seen
    see(60);
    hear(cue(3, 60));
    expect(told).toEqual([{ seq: 1, telling: 'now' }, { seq: 2, telling: 'not' }, { seq: 3, telling: 'now' }]);
  });
});

describe('a roller that is there', () => {
  test('leaps nowhere, though its time was lost for a while; a late cue is told as missed', () => {
    hear(hello());
    see(10, 40);
    hear(cue(1, 20));
    expect(store.jumps.value).toBe(0);
    expect(told).toEqual([{ seq: 1, telling: 'missed' }]);
  });

  test('is the one of the station; another station has calibrations, cues and a path of its own', () => {
    hear(hello());
    see(10);
    hear({ type: 'calibration', step: 'tare', phase: 'done', progress: 1, value: null, unusual: false, reason: null });
    expect(store.roller.value?.id).toBe('a');
    hear(hello({ station: 2, lastCueSeq: 7 }));
    expect(store.roller.value?.id).toBe('b');
    expect(store.calibrations.value).toEqual({});
    expect(store.jumps.value).toBe(1);
    expect(sent).toEqual([{ type: 'resume', afterSeq: 0 }, { type: 'resume', afterSeq: 7 }]);
  });

  test('who is in the air is kept until somebody looks around again', () => {
    expect(store.air.value).toBeNull();
    hear({ type: 'air', rollers: [] });
    expect(store.air.value).toEqual([]);
  });
});
