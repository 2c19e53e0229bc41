import type { PipelineView } from '../pipeline.ts';
import type { SourceKind } from '../link/port.ts';
import type { RollerView, SessionMessage, SnapshotMessage } from '../server/wire.ts';

/** What the wire tells of a roller; nothing until it has said what it is. `calibrated`: what is kept of it. */
export function rollersOf({ info, roller, radiusCm }: PipelineView, calibrated: RollerView['calibrated'] = {}): RollerView[] {
  if (info === null) return [];
  return [
    {
      id: roller?.id ?? info.deviceId,
      name: roller?.name ?? 'Roller',
      tool: info.tool,
      texture: info.texture,
      radiusCm: radiusCm ?? info.radiusMm / 10,
      nominalRadiusCm: info.radiusMm / 10,
      calibrated,
      hasPressure: info.cells.length > 0,
      firmware: roller?.firmware ?? null,
    },
  ];
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
    roller: rollersOf(view)[0]?.id ?? null,
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

export function sessionOf({ coaching }: PipelineView, id: string, startedUtcMs: number | null): Omit<SessionMessage, 'type'> {
  const { session, group, side, massKg, doses } = coaching;
  return { id, state: session, group, side, massKg, startedUtcMs, doses: [...doses] };
}
