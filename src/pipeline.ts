import { defer, map, type OperatorFunction } from 'rxjs';
import type { RollerInfo } from '../firmware-protocol/info.ts';
import {
  createCoaching, stepCoaching, summarize, viewCoaching, type CoachingState, type CoachingView, type SessionSummary,
} from './coaching/coaching.ts';
import type { Command, CueEvent, SessionState, StateEvent } from './coaching/events.ts';
import type { CoachingConfig } from './coaching/parameters.ts';
import type { MuscleGroup, Side } from './guide/groups.ts';
import type { DecoderState } from './link/drivers/decoder.ts';
import { createDecoder, decodeFrame, withDriver } from './link/drivers/drivers.ts';
import type { LinkEvent, LinkState, RollerIdentity } from './link/port.ts';
import type { RollerGeometry, SampleBlock } from './motion/block.ts';
import { fitCalibration, NOT_CALIBRATED, type RollerCalibration } from './motion/calibration-values.ts';
import { sensorFaultsEver, type SensorFault } from './motion/cells.ts';
import {
  BRIDGE_S, calibrateMotion, createMotion, finishMotion, restartPosition, setBodyMass, stepMotion, type MotionState,
} from './motion/motion.ts';
import { viewMotion, type MotionView } from './motion/motion-view.ts';
import { rollPhase } from './motion/roll.ts';
import type { MotionTick } from './motion/tick.ts';
import { createTimebase, placeBlock, sessionTimeS, type TimebaseState } from './motion/timebase.ts';

/** From now on a roller, named by its device id, goes by this: what was measured now, or kept from before. */
export interface CalibrationCommand extends RollerCalibration {
  readonly type: 'calibration';
  readonly rollerId: string;
}

/** A note at this moment, for whoever looks at the recording; nothing is judged by it. */
export interface MarkerCommand {
  readonly type: 'marker';
  readonly text: string;
}

/** A moment that somebody marked, in session time. */
export interface Marker {
  readonly tS: number;
  readonly text: string;
}

/** What coaching takes, and what is between the roller and the person only. */
export type PipelineCommand = Command | CalibrationCommand | MarkerCommand;

/** Something a person did, at the time it arrived. */
export interface CommandEvent {
  readonly type: 'command';
  readonly command: PipelineCommand;
  readonly arrivalS: number;
  /** Said at the dashboard just now: unlike a recorded or scripted command it is not overridden by flags. */
  readonly byPerson?: true;
}

export type PipelineInput = LinkEvent | CommandEvent;

export type PipelineOutput =
  | { readonly type: 'tick'; readonly tick: MotionTick }
  | { readonly type: 'state'; readonly event: StateEvent }
  | { readonly type: 'cue'; readonly event: CueEvent }
  | { readonly type: 'marker'; readonly marker: Marker }
  | { readonly type: 'session'; readonly state: SessionState; readonly tS: number };

export interface PipelineConfig {
  readonly coaching: CoachingConfig;
  /** What the flags say; it wins over commands. */
  readonly overrides: { readonly group?: MuscleGroup; readonly side?: Side; readonly massKg?: number };
  /** A recording is one session from its first frame; a live one starts at the first contact after a group is chosen. */
  readonly start: 'first-frame' | 'first-contact';
}

/**
 * The whole path from bytes to cues as plain data: it can be cloned, kept as a checkpoint and gone on from.
 * Time is in the data; the same inputs give the same outputs whenever and however fast they are handed in.
 */
export interface PipelineState {
  readonly config: PipelineConfig;
  /** Of the driver that the roller's identity names. */
  decoder: DecoderState;
  readonly timebase: TimebaseState;
  readonly coaching: CoachingState;
  /** Made when the roller has said what it is. */
  motion: MotionState | null;
  /** The info value motion was made for. */
  info: RollerInfo | null;
  /** By device id. */
  readonly calibrations: Map<string, RollerCalibration>;
  roller: RollerIdentity | null;
  link: { state: LinkState; reason: string | null };
  lastFrameArrivalS: number | null;
  /** Device time covered by stream frames, s. */
  durationS: number;
  quality: { frames: number; lost: number; gaps: number };
}

export function createPipeline(config: PipelineConfig): PipelineState {
  const state: PipelineState = {
    config,
    decoder: createDecoder(),
    timebase: createTimebase(),
    coaching: createCoaching(config.coaching, { start: config.start }),
    motion: null,
    info: null,
    calibrations: new Map(),
    roller: null,
    link: { state: 'idle', reason: null },
    lastFrameArrivalS: null,
    durationS: 0,
    quality: { frames: 0, lost: 0, gaps: 0 },
  };
  const said = (command: Command): unknown => stepCoaching(state.coaching, { type: 'command', tS: 0, command });
  const { group, side, massKg } = config.overrides;
  if (group || side) said({ type: 'select', group: group ?? 'unknown', side: side ?? 'both' });
  if (massKg !== undefined) said({ type: 'mass', massKg });
  return state;
}

/** Sees the samples as motion has just taken them, and what they are of: `upRad` is the phase of up at the last. The arrays are not to be written. */
export type BlockTap = (block: SampleBlock, roller: { readonly geometry: RollerGeometry; readonly upRad: number }) => void;

/** Takes one link event or command, updates the state in place and returns what follows from it, in order of time. */
export function stepPipeline(state: PipelineState, input: PipelineInput, tap?: BlockTap): readonly PipelineOutput[] {
  switch (input.type) {
    case 'frame':
      return stepFrame(state, input, tap);
    case 'command':
      return stepCommand(state, input);
    case 'state':
      state.link = { state: input.state, reason: input.reason };
      return [];
    case 'info':
      state.roller = input.roller;
      state.decoder = withDriver(state.decoder, input.roller.driver);
      return [];
  }
}

function stepFrame(state: PipelineState, frame: Extract<LinkEvent, { type: 'frame' }>, tap?: BlockTap): readonly PipelineOutput[] {
  const block = decodeFrame(state.decoder, frame);
  const met = state.decoder.info === state.info ? [] : meetRoller(state);
  if (block === null || state.motion === null) return met;
  const placed = placeBlock(state.timebase, block);
  if (placed === null) return met;
  state.lastFrameArrivalS = frame.arrivalS;
  state.durationS = Math.max(state.durationS, placed.tS + placed.imuCount * placed.imuPeriodS);
  state.quality.frames++;
  state.quality.lost += placed.lostFrames;
  if (placed.gapS > BRIDGE_S) state.quality.gaps++;
  const ticks = stepMotion(state.motion, placed);
  tap?.(placed, { geometry: state.motion.geometry, upRad: rollPhase(state.motion.roll) });
  const rolled = coachTicks(state, ticks);
  return met.length === 0 ? rolled : [...met, ...rolled];
}

function coachTicks(state: PipelineState, ticks: readonly MotionTick[]): readonly PipelineOutput[] {
  const outputs: PipelineOutput[] = [];
  for (const tick of ticks) outputs.push({ type: 'tick', tick }, ...stepCoaching(state.coaching, { type: 'tick', tick }));
  return outputs;
}

/** A recording is at its end: gives what falls due with the end of its last sample. The state is not to be stepped any further. */
export const finishPipeline = (state: PipelineState): readonly PipelineOutput[] =>
  state.motion === null ? [] : coachTicks(state, finishMotion(state.motion, state.durationS));

/** The info value came, or came anew after a reconnect: a roller that has not changed keeps its motion. */
function meetRoller(state: PipelineState): readonly PipelineOutput[] {
  const { info, geometry } = state.decoder;
  if (info === null || geometry === null) return [];
  const changed = JSON.stringify(info) !== JSON.stringify(state.info);
  state.info = info;
  if (!changed) return [];
  state.motion = createMotion(geometry);
  setBodyMass(state.motion, state.coaching.massKg);
  const { tool, texture, pressureCalibrated } = geometry;
  return [...stepCoaching(state.coaching, { type: 'roller', tool, texture, pressureCalibrated }), ...applyCalibration(state)];
}

function applyCalibration({ motion, info, decoder: { geometry }, calibrations, coaching }: PipelineState): readonly PipelineOutput[] {
  if (motion === null || info === null || geometry === null) return [];
  const calibration = calibrations.get(info.deviceId) ?? NOT_CALIBRATED;
  const { radiusCm, forceScale } = fitCalibration(geometry.radiusCm, calibration);
  calibrateMotion(motion, radiusCm, forceScale);
  return stepCoaching(coaching, { type: 'comfort', comfortLoad: calibration.comfortLoad ?? null });
}

function stepCommand(state: PipelineState, { command: given, arrivalS, byPerson }: CommandEvent): readonly PipelineOutput[] {
  if (given.type === 'calibration') {
    const { rollerId, radiusCm, forceScale, comfortLoad = null } = given;
    state.calibrations.set(rollerId, { radiusCm, forceScale, comfortLoad });
    return applyCalibration(state);
  }
  if (given.type === 'marker') return [{ type: 'marker', marker: { tS: sessionTimeS(state.timebase, arrivalS) ?? 0, text: given.text } }];
  const command = byPerson ? given : overridden(given, state.config.overrides);
  const { group, side } = state.coaching;
  const outputs = stepCoaching(state.coaching, { type: 'command', tS: sessionTimeS(state.timebase, arrivalS) ?? 0, command });
  if (state.motion !== null) {
    setBodyMass(state.motion, state.coaching.massKg);
    if (state.coaching.group !== group || state.coaching.side !== side) restartPosition(state.motion);
  }
  return outputs;
}

/** What becomes of a command that was not given by the person just now: flags win. */
export function overridden<C extends PipelineCommand>(command: C, { group, side, massKg }: PipelineConfig['overrides']): C | Command {
  if (command.type === 'select') return { type: 'select', group: group ?? command.group, side: side ?? command.side };
  if (command.type === 'mass') return { type: 'mass', massKg: massKg ?? command.massKg };
  return command;
}

/** What can be shown now. */
export interface PipelineView {
  readonly motion: MotionView | null;
  readonly coaching: CoachingView;
  readonly roller: RollerIdentity | null;
  readonly info: RollerInfo | null;
  /** The radius in force, cm: as calibrated, or as the roller says; null before it has said so. */
  readonly radiusCm: number | null;
  readonly link: PipelineState['link'];
  readonly batteryPct: number | null;
  readonly lastFrameArrivalS: number | null;
}

export const viewPipeline = (state: PipelineState): PipelineView => ({
  motion: state.motion && viewMotion(state.motion),
  coaching: viewCoaching(state.coaching),
  roller: state.roller,
  info: state.info,
  radiusCm: state.motion?.geometry.radiusCm ?? null,
  link: state.link,
  batteryPct: state.decoder.batteryPct,
  lastFrameArrivalS: state.lastFrameArrivalS,
});

/** What `analyze` tells of a whole recording. */
export interface PipelineSummary extends SessionSummary {
  readonly durationS: number;
  readonly quality: {
    readonly frames: number;
    readonly lost: number;
    readonly decodeFaults: number;
    readonly gaps: number;
    /** Every fault that the pressure cells ever had. */
    readonly sensorFaults: readonly SensorFault[];
  };
}

export const summarizePipeline = (state: PipelineState): PipelineSummary => ({
  ...summarize(state.coaching),
  durationS: state.durationS,
  quality: {
    ...state.quality,
    decodeFaults: Object.values(state.decoder.faults).reduce((sum, count) => sum + count, 0),
    sensorFaults: state.motion === null ? [] : sensorFaultsEver(state.motion.cells),
  },
});

/** From now on another state goes on: a session begins anew, a recording is played from another place. It belongs to the pipeline. */
export interface PipelineReset {
  readonly type: 'reset';
  readonly state: PipelineState;
}

/** One input, and what followed from it; `state` is to be read, not written. */
export interface PipelineStep<Input> {
  readonly input: Input;
  readonly outputs: readonly PipelineOutput[];
  readonly state: PipelineState;
}

const NOTHING: readonly PipelineOutput[] = [];

/** The pipeline as an operator: a step for each input, and each subscription has a state of its own. */
export const runPipeline = <Input extends PipelineInput | PipelineReset>(config: PipelineConfig): OperatorFunction<Input, PipelineStep<Input>> =>
  (inputs$) =>
    defer(() => {
      let state = createPipeline(config);
      return inputs$.pipe(
        map((input) => {
          if (input.type !== 'reset') return { input, outputs: stepPipeline(state, input), state };
          state = input.state;
          return { input, outputs: NOTHING, state };
        }),
      );
    });
