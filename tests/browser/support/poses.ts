import type { HelloMessage, PlaybackMessage, RollerView, SessionMessage, SnapshotMessage, TimelineMessage } from '../../../src/server/wire.ts';
import { LIMITS, snapshot as snapshotOf } from '../../dashboard/snapshot.ts';

/** A state to be shown: the greeting, the session, and the snapshot `elapsedS` after it was taken up. */
export interface Pose {
  readonly hello: HelloMessage;
  readonly session: SessionMessage;
  readonly moment: (elapsedS: number) => SnapshotMessage;
  /** What a recording that is played is told of besides. */
  readonly player: readonly (PlaybackMessage | TimelineMessage)[];
}

const ROLLER: RollerView = {
  id: 'r1', name: 'Virtual roller', tool: 'roller', texture: 'soft', radiusCm: 7.5, hasPressure: true, firmware: '1.0.0',
  station: 1, rssiDbm: -55, batteryPct: 76, protocolVersion: 1, link: 'streaming', session: 'running', claimedBy: null,
};

const HELLO: HelloMessage = {
  type: 'hello',
  protocol: 1,
  software: 'smart-roller 0.1.0',
  source: 'simulated',
  rollers: [ROLLER],
  station: 1,
  holdsClaim: false,
  lastCueSeq: 0,
};

const SESSION: SessionMessage = {
  type: 'session',
  id: '0199a0b0-0000-7000-8000-000000000001',
  roller: 'r1',
  state: 'running',
  group: 'hamstrings',
  side: 'left',
  massKg: 72,
  startedUtcMs: 1_760_000_000_000,
  doses: [],
};

/** The simulated person: hamstrings, which are judged a little more strictly than the front of the thigh. */
const SNAPSHOT = snapshotOf({
  tS: 100,
  source: 'simulated',
  group: 'hamstrings',
  batteryPct: 78,
  speedCmS: 2.6,
  positionCm: 19,
  forceN: 219,
  forcePctBw: 31,
  pressureKpa: 36,
  balance: 0.06,
  dwellS: 4.2,
  doseS: 42.3,
  strokes: 4,
  path: { fromCm: 0, secondsPerCm: Array.from({ length: 30 }, (_, cm) => 1.2 + Math.sin(cm / 4.6) ** 2 * 1.6), coverage: 0.71, lengthCm: 31.2 },
  limits: { ...LIMITS, warnCmS: 12, strongCmS: 24 },
});

const PLAYBACK: PlaybackMessage = {
  type: 'playback', file: '2026-03-01T12-30-05-250Z-0123456789ab.mcap', number: 0, files: 1, playing: true, rate: 1, loop: false, ended: false,
  atS: 100, durationS: 180, indexedS: 180, trouble: null,
};

/** A cue of each kind. */
const TIMELINE: TimelineMessage = {
  type: 'timeline',
  durationS: 180,
  cues: (['too-fast', 'too-long', 'over-pressure', 'dose-goal', 'rest-over', 'dose-limit', 'safety-stop'] as const).map((kind, index) => ({
    tS: 20 + 22 * index, kind, level: kind === 'safety-stop' || kind === 'over-pressure' ? 2 : 1, group: 'hamstrings', side: 'left',
  })),
  markers: [{ tS: 64, text: 'pulls down to the knee' }],
};

interface Parts {
  readonly hello?: Partial<HelloMessage>;
  readonly session?: Partial<SessionMessage>;
  readonly snapshot?: Partial<SnapshotMessage>;
  readonly playback?: Partial<PlaybackMessage>;
  /** What changes with time. */
  readonly motion?: (elapsedS: number) => Partial<SnapshotMessage>;
}

function pose({ hello, session, snapshot, playback, motion = () => ({}) }: Parts): Pose {
  const shared = snapshot?.session === undefined ? {} : { state: snapshot.session };
  return {
    hello: { ...HELLO, ...hello },
    session: { ...SESSION, ...shared, ...session },
    moment: (elapsedS) => ({ ...SNAPSHOT, tS: SNAPSHOT.tS + elapsedS, ...snapshot, ...motion(elapsedS) }),
    player: playback === undefined ? [] : [{ ...PLAYBACK, ...playback }, TIMELINE],
  };
}

const activeCue = (kind: NonNullable<SnapshotMessage['cue']>['kind'], level: 1 | 2, value: number, limit: number): Partial<SnapshotMessage> => ({
  cue: { kind, level, seq: 1 },
  active: [{ kind, level, sinceS: 98, value, limit }],
});

const heatAround = (centreCm: number, seconds: number): SnapshotMessage['path'] => ({
  fromCm: 0,
  secondsPerCm: Array.from({ length: 28 }, (_, cm) => 1.1 + seconds * Math.exp(-(((cm - centreCm) / 2.2) ** 2))),
  coverage: 0.62,
  lengthCm: null,
});

/** Nobody has been on the roller yet. */
const UNTOUCHED: Partial<SnapshotMessage> = {
  speedCmS: 0,
  direction: 0,
  positionCm: 0,
  contact: false,
  doseS: 0,
  dwellS: 0,
  forceN: 0,
  forcePctBw: 0,
  balance: null,
  path: { fromCm: 0, secondsPerCm: [], coverage: null, lengthCm: null },
};

/** Off the roller, for a moment. */
const AWAY: Partial<SnapshotMessage> = { contact: false, speedCmS: null, direction: 0, forceN: 0, forcePctBw: 0, pressureKpa: 0, balance: null, dwellS: 0 };

/** Every state a person can meet, by name. */
export const POSES = {
  good: pose({}),
  rolling: pose({
    motion: (elapsedS) => ({
      positionCm: 15 + 10 * Math.sin(elapsedS / 4),
      speedCmS: 2.5 + 0.6 * Math.sin(elapsedS),
      direction: Math.cos(elapsedS / 4) > 0 ? 1 : -1,
    }),
  }),
  relieved: pose({ snapshot: { ...activeCue('too-fast', 1, 13, 12), speedCmS: 4.1, relieved: true, praisedS: 99.5 } }),
  holding: pose({
    snapshot: {
      hold: { targetS: 30, isSettled: true }, speedCmS: 0.2, direction: 0, dwellS: 17, doseS: 31, path: heatAround(19, 12),
      limits: { ...SNAPSHOT.limits, dwellHintS: null, dwellWarnS: 60 },
    },
  }),
  rhythm: pose({ snapshot: { rhythm: { beatsPerMin: 60, beatsPerStroke: 4 }, speedCmS: 8.2, positionCm: 11 } }),
  'second-set': pose({ snapshot: { set: { number: 2, of: 3, restLeftS: null }, doseS: 12.3 } }),
  resting: pose({ snapshot: { ...AWAY, set: { number: 1, of: 2, restLeftS: 23.4 }, doseS: 61 } }),
  rested: pose({ snapshot: { ...AWAY, set: { number: 1, of: 2, restLeftS: 0 }, doseS: 61, ...activeCue('rest-over', 1, 30, 30) } }),
  'too-long-hint': pose({
    snapshot: { active: [{ kind: 'too-long', level: 0, sinceS: 95, value: 22, limit: 20 }], dwellS: 22, speedCmS: 0.4, direction: 0, path: heatAround(19, 18) },
  }),
  brisk: pose({ session: { recording: 'on' }, snapshot: { speedCmS: 7.4 } }),
  'too-fast': pose({ snapshot: { ...activeCue('too-fast', 1, 13.8, 12), speedCmS: 13.8, direction: -1, positionCm: 9, dwellS: 1, doseS: 18 } }),
  'too-fast-strong': pose({ snapshot: { ...activeCue('too-fast', 2, 26, 24), speedCmS: 26.4, positionCm: 24, dwellS: 0.4, doseS: 23 } }),
  'too-long': pose({ snapshot: { ...activeCue('too-long', 1, 31, 30), dwellS: 31, speedCmS: 0.3, direction: 0, positionCm: 13, path: heatAround(13, 30) } }),
  'over-pressure': pose({ snapshot: { ...activeCue('over-pressure', 2, 104, 80), speedCmS: 1.2, forcePctBw: 104, forceN: 734, balance: 0.62, dwellS: 7, doseS: 37 } }),
  'dose-goal': pose({ snapshot: { ...activeCue('dose-goal', 1, 60, 60), doseS: 60.4 } }),
  'dose-limit': pose({ snapshot: { ...activeCue('dose-limit', 1, 90, 90), doseS: 91.2, path: heatAround(14, 6) } }),
  lifted: pose({ snapshot: AWAY }),
  lats: pose({
    snapshot: {
      group: 'lats',
      side: 'right',
      speedCmS: 0.2,
      direction: 0,
      positionCm: 1,
      dwellS: 38,
      doseS: 39,
      limits: { ...SNAPSHOT.limits, warnCmS: 6, strongCmS: 12, dwellHintS: null, dwellWarnS: null },
      path: { fromCm: -1, secondsPerCm: [4, 30, 5], coverage: null, lengthCm: null },
    },
  }),
  'no-cells': pose({
    hello: { rollers: HELLO.rollers.map((roller) => ({ ...roller, hasPressure: false })) },
    snapshot: { contactAssumed: true, forceN: null, forcePctBw: null, pressureKpa: null, balance: null },
  }),
  /** Cells in counts: load is judged by what this person finds comfortable. */
  comfort: pose({
    snapshot: {
      forceN: null, forcePctBw: null, pressureKpa: null, loadPctComfort: 104,
      limits: { ...SNAPSHOT.limits, forcePctBw: null, pressureKpa: null, loadPctComfort: 130 },
    },
  }),
  'cell-stuck': pose({ snapshot: { sensorFaults: [{ kind: 'stuck', cells: [5] }] } }),
  'force-implausible': pose({ snapshot: { forceN: null, forcePctBw: null, pressureKpa: null, sensorFaults: [{ kind: 'implausible-force', cells: [] }] } }),
  'no-mass': pose({ snapshot: { forcePctBw: null, pressureKpa: 36 } }),
  replay: pose({ hello: { source: 'replay' }, snapshot: { source: 'replay' }, playback: { loop: true } }),
  /** All that a player can have to say at once, on the state with the least contrast. */
  'replay-paused': pose({
    hello: { source: 'replay' },
    snapshot: { source: 'replay', session: 'safety-stop', ...activeCue('safety-stop', 2, 8, 8) },
    playback: { playing: false, number: 1, files: 3, rate: 'max', indexedS: 60, trouble: 'b.mcap: the end is missing; what is left is played' },
  }),
  claimed: pose({ hello: { rollers: [{ ...ROLLER, claimedBy: "Ada's phone" }] } }),
  'not-recorded': pose({ session: { recording: 'failed' }, snapshot: { ...activeCue('too-fast', 1, 13.8, 12), speedCmS: 13.8 } }),
  idle: pose({
    hello: { source: 'live' },
    session: { startedUtcMs: null },
    snapshot: { ...UNTOUCHED, source: 'live', session: 'idle', group: 'unknown', side: 'both' },
  }),
  ready: pose({ hello: { source: 'live' }, snapshot: { ...UNTOUCHED, source: 'live', session: 'ready' } }),
  paused: pose({ snapshot: { session: 'paused', speedCmS: 0, direction: 0 } }),
  lost: pose({ snapshot: { link: 'lost', linkReason: 'supervision timeout', ageMs: 3400 } }),
  'no-adapter': pose({
    hello: { source: 'live', rollers: [] },
    snapshot: {
      ...UNTOUCHED,
      source: 'live',
      session: 'idle',
      roller: null,
      link: 'idle',
      linkReason: 'E_BLUETOOTH: no Bluetooth adapter was found (lsusb shows it); plug one in, or use the bundled simulator (--source simulator)',
      ageMs: null,
      batteryPct: null,
      speedCmS: null,
    },
  }),
  stale: pose({ snapshot: { ageMs: 2300 } }),
  'safety-stop': pose({ snapshot: { session: 'safety-stop', ...activeCue('safety-stop', 2, 8, 8) } }),
  stopped: pose({
    session: {
      doses: [
        { group: 'hamstrings', side: 'left', doseS: 64, uneven: true },
        { group: 'hamstrings', side: 'right', doseS: 22 },
        { group: 'quadriceps', side: 'both', doseS: 97 },
      ],
    },
    snapshot: { session: 'stopped' },
  }),
} as const satisfies Record<string, Pose>;

export type PoseName = keyof typeof POSES;
