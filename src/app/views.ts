import { PROTOCOL_VERSION } from '../../firmware-protocol/gatt.ts';
import type { PipelineView } from '../pipeline.ts';
import type { SourceKind } from '../link/port.ts';
import type { RollerView, SessionMessage, SnapshotMessage } from '../server/wire.ts';
import type { RememberedRoller } from '../sessions/remembered.ts';
import { rollerOf as describedRoller } from '../sessions/summary/roller.ts';

/** What the wire tells of a roller; null until it has said what it is. `calibrated`: what is kept of it. */
export function rollerOf(view: PipelineView, calibrated: RollerView['calibrated'] = {}): Omit<RollerView, 'station' | 'claimedBy'> | null {
  const { info, roller, link, batteryPct, coaching } = view;
  const described = describedRoller(view);
  if (info === null || described === null) return null;
  return {
    ...described,
    nominalRadiusCm: info.radiusMm / 10,
    calibrated,
    rssiDbm: roller?.rssiDbm ?? null,
    batteryPct,
    protocolVersion: protocolOf(view),
    link: link.state,
    session: coaching.session,
  };
}

const deviceIdOf = ({ info, roller }: PipelineView): string | null => (info === null ? null : (roller?.id ?? info.deviceId));

/** Who speaks our protocol speaks this version, or could not be read; null: a sensor of another make. */
const protocolOf = ({ roller }: PipelineView): number | null => (roller === null || roller.driver === OWN_DRIVER ? PROTOCOL_VERSION : null);
const OWN_DRIVER = 'roller-v1';

/** The roller as it is to be remembered; null until it has said who it is. */
export function metRoller(view: PipelineView, utcMs: number): RememberedRoller | null {
  const { info, roller, batteryPct } = view;
  if (info === null || roller === null) return null;
  const { id, name, address } = roller;
  return { id, name, address, tool: info.tool, protocolVersion: protocolOf(view), batteryPct, lastSeenUtcMs: utcMs };
}

/** What has a name outside the pipeline. */
export interface SnapshotContext {
  readonly source: SourceKind;
  /** Now, by the clock of arrival times. */
  readonly nowS: number;
  /** Number of the cue that was begun last. */
  readonly cueSeq: number;
}

/** Everything a screen shows of this instant. Before the roller has said what it is, nothing moves and nothing touches. */
export function snapshotOf(view: PipelineView, { source, nowS, cueSeq }: SnapshotContext): Omit<SnapshotMessage, 'type'> {
  const { motion, coaching, link, roller, lastFrameArrivalS } = view;
  const { session, group, side, forcePctBw, dwellS, doseS, set, hold, rhythm, strokes, path, limits, active, cue, relieved, praisedS } = coaching;
  return {
    tS: motion?.tS ?? 0,
    source,
    roller: deviceIdOf(view),
    link: link.state,
    linkReason: link.reason,
    ageMs: lastFrameArrivalS === null ? null : Math.max(0, (nowS - lastFrameArrivalS) * 1000),
    batteryPct: view.batteryPct,
    rssiDbm: roller?.rssiDbm ?? null,
    session,
    group,
    side,
    speedCmS: motion?.speedMeanCmS ?? null,
    direction: motion?.direction ?? 0,
    positionCm: motion?.positionCm ?? 0,
    contact: motion?.contact ?? false,
    contactAssumed: motion?.contactAssumed ?? false,
    forceN: motion?.forceN ?? null,
    forcePctBw,
    pressureKpa: motion?.pressureKpa ?? null,
    loadPctComfort: coaching.loadPctComfort,
    balance: motion?.balance ?? null,
    sensorFaults: (motion?.sensorFaults ?? []).map(({ kind, cells }) => ({ kind, cells: [...cells] })),
    dwellS,
    doseS,
    set,
    hold,
    rhythm,
    strokes,
    path: { ...path, secondsPerCm: [...path.secondsPerCm] },
    limits,
    active: [...active],
    cue: cue && { kind: cue.kind, level: cue.level, seq: cueSeq },
    relieved,
    praisedS,
  };
}

/** What the pipeline does not know of its session. */
export type SessionContext = Pick<SessionMessage, 'id' | 'startedUtcMs' | 'recording'>;

export function sessionOf(view: PipelineView, context: SessionContext): Omit<SessionMessage, 'type'> {
  const { session, group, side, massKg, doses } = view.coaching;
  return { ...context, roller: deviceIdOf(view), state: session, group, side, massKg, doses: [...doses] };
}
