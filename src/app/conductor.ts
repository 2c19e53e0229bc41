import { concat, defer, merge, of, Subject, tap, type Observable, type Subscription } from 'rxjs';
import type { ControlRequest } from '../../firmware-protocol/control.ts';
import type { CueEvent, SessionState } from '../coaching/events.ts';
import { isNewSession } from '../coaching/session.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import {
  runPipeline,
  viewPipeline,
  type CommandEvent,
  type PipelineCommand,
  type PipelineConfig,
  type PipelineInput,
  type PipelineState,
  type PipelineStep,
} from '../pipeline.ts';
import type { Hub, HubSource } from '../server/hub.ts';
import type { Log } from '../server/log.ts';
import type { Calibrations } from '../sessions/calibrations.ts';
import { createCalibrator } from './calibrator.ts';
import { createHaptics, patternFor } from './haptics.ts';
import { createScript, dueCommands, heedPerson } from './script.ts';
import type { Source } from './source.ts';
import { rollersOf, sessionOf, snapshotOf } from './views.ts';

const IDENTIFY_S = 5;

export interface ConductorOptions {
  readonly source: Source;
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  /** Name and version of this program. */
  readonly software: string;
  readonly log: Log;
  readonly calibrations: Calibrations;
  /** Sees everything that goes into the pipeline, in order. */
  readonly record?: ((input: PipelineInput) => void) | undefined;
}

type Audience = Pick<Hub, 'hello' | 'cue' | 'session' | 'calibration'>;

/** Runs the pipeline over a source and what people say, and tells a hub what comes of it. */
export interface Conductor extends HubSource {
  /** Opens the source; from now on the hub is told. */
  open(hub: Audience): void;
  readonly state: PipelineState;
  /** The source runs, or did: it is anywhere from looking for a roller to the end of a recording. */
  readonly hasRun: boolean;
  /** Lets go of the source; closing it is for whoever opened it. */
  close(): void;
}

export function createConductor({ source, config, software, log, calibrations, record }: ConductorOptions): Conductor {
  const { clock, kind, link } = source;
  const commands$ = new Subject<CommandEvent>();
  const script = source.script && createScript(source.script);
  const haptics = createHaptics();
  const session: { id: string; state: SessionState; startedUtcMs: number | null } = { id: newId(), state: 'idle', startedUtcMs: null };
  const told = { link: 'idle', rollers: '[]', session: '' };
  let subscription: Subscription | undefined;
  let audience: Audience | undefined;
  let latest: PipelineState | undefined;
  let hasRun = false;
  let cueSeq = 0;

  const state = (): PipelineState => {
    if (latest === undefined) throw new Error('the conductor has not been opened');
    return latest;
  };
  const view = (): ReturnType<typeof viewPipeline> => viewPipeline(state());
  const commanding = (command: PipelineCommand): CommandEvent => ({ type: 'command', command, arrivalS: clock.monotonicS() });
  const calibrator = createCalibrator({
    kept: calibrations,
    clock,
    log,
    isReplay: kind === 'replay',
    state,
    command: (command) => commands$.next(commanding(command)),
    request: (asked) => link.request(asked),
    tell: (news) => audience?.calibration(news),
  });

  const inputs$: Observable<PipelineInput> = defer(() =>
    merge(
      commands$,
      source.commands$,
      of<PipelineInput>({ type: 'state', state: 'idle', reason: null, arrivalS: clock.monotonicS() }),
      // Only a recording ends; its session ends with it.
      concat(link.events$, defer(() => of(commanding({ type: 'stop' })))),
    ),
  );

  function take(hub: Audience, { outputs, state: now }: PipelineStep): void {
    latest = now;
    for (const output of outputs) {
      if (output.type === 'session') enter(output.state);
      if (output.type === 'cue') cue(hub, output.event);
      if (output.type === 'tick') calibrator.take(output.tick);
    }
    calibrator.meet();
    tellChanges(hub, now);
    if (script !== null) for (const command of dueCommands(script, now.durationS)) commands$.next(commanding(command));
  }

  function enter(next: SessionState): void {
    if (isNewSession(session.state, next)) Object.assign(session, { id: newId(), startedUtcMs: clock.utcMs() });
    session.state = next;
    log.info(`session ${session.id}: ${next}`);
  }

  function cue(hub: Audience, event: CueEvent): void {
    const seq = hub.cue(event);
    if (event.phase === 'start') cueSeq = seq;
    const pattern = kind === 'replay' ? null : patternFor(haptics, event);
    if (pattern === null) return;
    request(pattern).then(
      () => haptics.sent++,
      (error: unknown) => log.warn(`haptics: ${String(error)} (${++haptics.failed} failed, ${haptics.sent} felt)`),
    );
  }

  /** Rollers and the session are told when they have changed, doses when a second has been added. */
  function tellChanges(hub: Audience, now: PipelineState): void {
    const linkNow = `${now.link.state}${now.link.reason === null ? '' : ` (${now.link.reason})`}`;
    if (linkNow !== told.link) log.info(`link: ${linkNow}`);
    hasRun ||= now.link.state !== 'idle';
    const rollers = JSON.stringify(rollersOf(view(), calibrator.kept()));
    if (rollers !== told.rollers) hub.hello();
    const sessionNow = JSON.stringify(conductor.session(), (key, value: unknown) => (key === 'doseS' ? Math.floor(value as number) : value));
    if (sessionNow !== told.session) hub.session();
    Object.assign(told, { link: linkNow, rollers, session: sessionNow });
  }

  async function request(asked: ControlRequest): Promise<void> {
    const { result } = await link.request(asked);
    if (result !== 'success') throw new AppError('E_REFUSED', `the roller refused to ${asked.procedure}: ${result}`, 'try again in a moment');
  }

  const conductor: Conductor = {
    open(hub) {
      audience = hub;
      const steps$ = inputs$.pipe(tap(record), runPipeline({ ...config, start: source.start }));
      subscription = steps$.subscribe((step) => take(hub, step));
    },
    get state() {
      return state();
    },
    get hasRun() {
      return hasRun;
    },
    hello: () => ({ software, source: kind, rollers: rollersOf(view(), calibrator.kept()) }),
    session: () => sessionOf(view(), session.id, session.startedUtcMs),
    snapshot: () => snapshotOf(view(), { source: kind, nowS: clock.monotonicS(), cueSeq }),
    fulfil(wish) {
      if (wish.type === 'calibrate') return calibrator.begin(wish.step);
      if (wish.type === 'identify') return request({ procedure: 'identify', seconds: IDENTIFY_S });
      if (script !== null) heedPerson(script, wish);
      commands$.next({ ...commanding(wish), byPerson: true });
    },
    close: () => subscription?.unsubscribe(),
  };
  return conductor;
}
