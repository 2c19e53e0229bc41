import { EMPTY, Subject, type Observable } from 'rxjs';
import type { ControlRequest, ControlResponse } from '../../firmware-protocol/control.ts';
import { simulate } from '../../simulators/offline.ts';
import { findScenario } from '../../simulators/scenarios/library.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { createConductor, type Conductor } from '../../src/app/conductor.ts';
import type { Keeper } from '../../src/app/keeper.ts';
import type { KeeperStation } from '../../src/app/kept-session.ts';
import type { Source } from '../../src/app/source.ts';
import type { Command, CueEvent } from '../../src/coaching/events.ts';
import type { AppError } from '../../src/errors.ts';
import { newId } from '../../src/ids.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import type { PipelineConfig, PipelineInput } from '../../src/pipeline.ts';
import { serverMessage, type CalibrationMessage, type SessionMessage } from '../../src/server/wire.ts';
import type { Calibrations } from '../../src/sessions/calibrations.ts';
import type { RememberedRoller } from '../../src/sessions/remembered.ts';

export function scenarioOf(name: string): Scenario {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  return scenario;
}

/** A conductor over a link that the test plays, without radio, server and waiting; what the hub was told is kept. */
export interface Stage {
  readonly conductor: Conductor;
  readonly link$: Subject<LinkEvent>;
  readonly cues: CueEvent[];
  readonly sessions: Omit<SessionMessage, 'type'>[];
  readonly hellos: ReturnType<Conductor['roller']>[];
  readonly remembered: RememberedRoller[];
  readonly requests: ControlRequest[];
  readonly calibrating: Omit<CalibrationMessage, 'type'>[];
  readonly logged: string[];
  readonly troubles: Pick<AppError, 'code' | 'message' | 'hint'>[];
  /** Somebody has changed what is kept of a roller. */
  readonly rollerEdits$: Subject<void>;
  readonly clock: { nowS: number };
  /** Plays a scenario's link events up to a session time, from where it was; its commands come from the script, as live. */
  play(untilS: number): void;
}

export interface StageOptions extends Partial<Pick<Source, 'kind' | 'start' | 'script' | 'meet'>> {
  readonly scenario: string | Scenario;
  readonly calibrations?: Calibrations;
  readonly seconds?: number;
  readonly overrides?: PipelineConfig['overrides'];
  readonly record?: (input: PipelineInput) => void;
  /** Keeps its sessions; in place of `record`. */
  readonly keep?: (station: KeeperStation) => Keeper;
  readonly known$?: Observable<Command>;
  readonly answer?: (request: ControlRequest) => Promise<ControlResponse>;
}

const obliging = ({ procedure }: ControlRequest): Promise<ControlResponse> =>
  Promise.resolve({ procedure, result: 'success' } as ControlResponse);

export const NOTHING_KEPT: Calibrations = { personId: null, of: () => null, keep: () => Promise.resolve() };

/** Keeps nothing but what goes in. */
const keeperOf = (take: Keeper['take']): Keeper => ({
  sessionId: newId(), recording: 'on', take, made: () => undefined, end: () => Promise.resolve(), begin: () => undefined,
});

export function openStage({
  scenario: asked, seconds = 300, overrides = {}, answer = obliging, calibrations = NOTHING_KEPT, record, keep: keeping,
  known$ = EMPTY, ...rest
}: StageOptions): Stage {
  const scenario = typeof asked === 'string' ? scenarioOf(asked) : asked;
  const clock = { nowS: 0 };
  const link$ = new Subject<LinkEvent>();
  const rollerEdits$ = new Subject<void>();
  const remembered: RememberedRoller[] = [];
  type Told = Pick<Stage, 'cues' | 'sessions' | 'hellos' | 'requests' | 'logged' | 'calibrating' | 'troubles'>;
  const stage: Told = { cues: [], sessions: [], hellos: [], requests: [], logged: [], calibrating: [], troubles: [] };
  const keep = (line: string): void => void stage.logged.push(line);
  const conductor = createConductor({
    source: {
      kind: 'simulated',
      scenario: scenario.name,
      seed: 1,
      inputs$: link$,
      request: (request) => {
        stage.requests.push(request);
        return answer(request);
      },
      transport: null,
      clock: { monotonicS: () => clock.nowS, utcMs: () => 1_772_000_000_000 + Math.round(clock.nowS * 1000) },
      script: { commands: scenario.commands, periodS: 1e6 },
      start: 'first-frame',
      meet: null,
      ...rest,
    },
    config: { coaching: defaultCoachingConfig, overrides },
    title: 'a stage',
    keep: keeping ?? (record === undefined ? null : () => keeperOf(record)),
    calibrations,
    rollerEdits$,
    known$,
    remembered: {
      all: () => remembered,
      remember: (roller) => {
        remembered.push(roller);
        return Promise.resolve();
      },
    },
    log: { info: keep, warn: keep },
  });
  conductor.open({
    hello: () => void stage.hellos.push(conductor.roller()),
    session: () => void stage.sessions.push(conductor.session()),
    cue: (event) => stage.cues.push(event),
    playback: () => undefined,
    trouble: (error) => void stage.troubles.push(error),
    calibration: (news) => void stage.calibrating.push(news),
  });
  const events = simulate({ scenario, seed: 1, seconds });
  return {
    ...stage,
    remembered,
    conductor,
    link$,
    rollerEdits$,
    clock,
    play(untilS) {
      while (conductor.state.durationS < untilS) {
        const { value: event, done } = events.next();
        if (done === true) return;
        if (event.type !== 'frame' && event.type !== 'state' && event.type !== 'info') continue;
        clock.nowS = event.arrivalS;
        link$.next(event);
      }
    },
  };
}

/** What a client would be told now; throws where that breaks the schema. */
export const tellable = ({ conductor }: Stage): void => {
  serverMessage.parse({ type: 'snapshot', ...conductor.snapshot() });
  serverMessage.parse({ type: 'session', ...conductor.session() });
  const roller = conductor.roller();
  const rollers = roller === null ? [] : [{ ...roller, station: 1, claimedBy: null }];
  const hello = { type: 'hello', protocol: 1, software: 'test 0', source: 'simulated', station: 1, holdsClaim: false, lastCueSeq: 0 };
  serverMessage.parse({ ...hello, rollers });
};
