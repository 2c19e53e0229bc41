import { createCoaching, stepCoaching, type CoachingState } from '../../src/coaching/coaching.ts';
import type { Command, CueEvent, CueKind, SessionState, StateEvent } from '../../src/coaching/events.ts';
import { defaultCoachingConfig, type CoachingConfig } from '../../src/coaching/parameters.ts';
import type { StartPolicy } from '../../src/coaching/state.ts';
import type { MuscleGroup, Side } from '../../src/guide/groups.ts';
import type { MotionTick, Stroke } from '../../src/motion/tick.ts';

export const MASS_KG = 75;
export const newtons = (pctBw: number): number => (pctBw / 100) * MASS_KG * 9.81;

/** A stretch of rolling in which nothing but the speed changes. */
export interface Stretch {
  readonly forS: number;
  /** Signed, cm/s: a number, or a function of the time since the stretch began. */
  readonly speedCmS?: number | ((sinceS: number) => number);
  readonly contact?: boolean;
  readonly pctBw?: number | null;
  readonly kpa?: number | null;
  /** Of a roller whose cells give counts. */
  readonly relativeLoad?: number | null;
  readonly gap?: boolean;
  readonly disturbed?: boolean;
}

/** Back and forth over a path at constant speed, from its low end. */
export const strokes = (lengthCm: number, speedCmS: number) => (sinceS: number): number =>
  Math.floor((sinceS * speedCmS) / lengthCm + 1e-9) % 2 === 0 ? speedCmS : -speedCmS;

/** Strokes with the speed of half a sine: their mean is 2 / pi of the peak. */
export const sineStrokes = (lengthCm: number, strokeS: number) => (sinceS: number): number =>
  ((Math.PI * lengthCm) / (2 * strokeS)) * Math.sin((Math.PI * sinceS) / strokeS);

export interface CoachOptions {
  readonly group?: MuscleGroup;
  readonly side?: Side;
  readonly massKg?: number | null;
  readonly config?: Partial<CoachingConfig>;
  readonly start?: StartPolicy;
}

/** A session under test: rolls ticks through coaching and keeps what comes out. */
export class Coach {
  readonly states: StateEvent[] = [];
  readonly cues: CueEvent[] = [];
  readonly sessions: { state: SessionState; tS: number }[] = [];
  state: CoachingState;
  tick = 0;
  positionCm = 0;

  constructor({ group = 'quadriceps', side = 'left', massKg = MASS_KG, config = {}, start = 'first-frame' }: CoachOptions = {}) {
    this.state = createCoaching({ ...defaultCoachingConfig, ...config }, { start });
    this.say({ type: 'select', group, side });
    this.say({ type: 'mass', massKg });
  }

  get tS(): number {
    return this.tick / 10;
  }

  say(command: Command): this {
    return this.take({ type: 'command', tS: this.tS, command });
  }

  roll(...stretches: Stretch[]): this {
    for (const stretch of stretches) {
      const from = this.tick;
      while (this.tick < from + Math.round(stretch.forS * 10)) this.take({ type: 'tick', tick: this.next(stretch, (this.tick - from) / 10) });
    }
    return this;
  }

  /** Onsets as `kind level @ s`. */
  get onsets(): string[] {
    return this.states.filter(({ phase }) => phase === 'start').map(label);
  }

  get told(): string[] {
    return this.cues.filter(({ phase }) => phase === 'start').map(label);
  }

  onset(kind: CueKind, level: number): number | undefined {
    return this.states.find((state) => state.phase === 'start' && state.kind === kind && state.level === level)?.tS;
  }

  ends(kind: CueKind, level: number): number[] {
    return this.states.filter((state) => state.phase === 'end' && state.kind === kind && state.level === level).map(({ tS }) => tS);
  }

  take(input: Parameters<typeof stepCoaching>[1]): this {
    for (const event of stepCoaching(this.state, input)) {
      if (event.type === 'state') this.states.push(event.event);
      else if (event.type === 'cue') this.cues.push(event.event);
      else this.sessions.push({ state: event.state, tS: event.tS });
    }
    return this;
  }

  private next({ speedCmS = 0, contact = true, pctBw = 30, kpa = 34, relativeLoad = null, gap = false, disturbed = false }: Stretch, sinceS: number): MotionTick {
    this.tick++;
    const speed = contact && !gap ? (typeof speedCmS === 'number' ? speedCmS : speedCmS(sinceS)) : 0;
    this.positionCm += speed / 10;
    const isOn = contact && !gap;
    return {
      tS: this.tS,
      positionCm: this.positionCm,
      speedCmS: speed,
      contact: isOn,
      contactAssumed: false,
      contactS: isOn ? 0.1 : 0,
      forceN: gap || pctBw === null ? null : isOn ? newtons(pctBw) : 0,
      pressureKpa: gap || kpa === null ? null : isOn ? kpa : 0,
      relativeLoad: isOn ? relativeLoad : null,
      peakKpa: null,
      balance: null,
      disturbed,
      gap,
      strokes: [],
    };
  }
}

const label = ({ kind, level, tS }: StateEvent): string => `${kind} ${level} @ ${tS.toFixed(1)}`;

export const stroke = (lengthCm: number): Stroke => ({ startS: 0, endS: 1, lengthCm, meanCmS: Math.abs(lengthCm), peakCmS: Math.abs(lengthCm) });
