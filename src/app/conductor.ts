import { defer, merge, of, Subject, type Observable, type Subscription } from 'rxjs';
import type { ControlRequest } from '../../firmware-protocol/control.ts';
import type { CueEvent, SessionState } from '../coaching/events.ts';
import { isNewSession } from '../coaching/session.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import {
  createPipeline,
  stepPipeline,
  viewPipeline,
  type CommandEvent,
  type PipelineCommand,
  type PipelineConfig,
  type PipelineInput,
  type PipelineOutput,
  type PipelineReset,
  type PipelineState,
  type PipelineView,
} from '../pipeline.ts';
import type { StationSource } from '../server/channel.ts';
import type { Audience } from '../server/hub.ts';
import type { Log } from '../server/log.ts';
import type { Calibrations } from '../sessions/calibrations.ts';
import type { RememberedRollers } from '../sessions/remembered.ts';
import type { TransportState } from '../sessions/transport.ts';
import { createCalibrator } from './calibrator.ts';
import { createHaptics, patternFor } from './haptics.ts';
import type { Keeper, KeeperStation } from './keeper.ts';
import { playbackOf, steer, timelineOf } from './playback.ts';
import { createScript, dueCommands, heedPerson } from './script.ts';
import type { Source } from './source.ts';
import { metRoller, rollerOf, sessionOf, snapshotOf } from './views.ts';

const IDENTIFY_S = 5;

export interface ConductorOptions {
  readonly source: Source;
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  /** What it is called until its roller has a name. */
  readonly title: string;
  readonly log: Log;
  readonly remembered: RememberedRollers;
  readonly calibrations: Calibrations;
  /** Who keeps its sessions; null: they are kept already. */
  readonly keep: ((station: KeeperStation) => Keeper) | null;
}

/** Runs one station: the pipeline over its source and what people say, and tells an audience what comes of it. */
export interface Conductor extends StationSource {
  /** Opens the source; from now on the audience is told. */
  open(audience: Audience): void;
  readonly state: PipelineState;
  /** The source runs, or did: it is anywhere from looking for a roller to the end of a recording. */
  readonly hasRun: boolean;
  /** Leaves its roller for the one of this name, address or device id; the session goes on. Throws E_REFUSED where there is no radio. */
  meet(roller: string): void;
  /** Lets go of the source, and keeps the session that ran; closing the source is for whoever opened it. */
  close(): Promise<void>;
}

/** What changes all the time is told in snapshots. */
const UNTOLD = new Set(['rssiDbm', 'batteryPct']);
const withoutUntold = (key: string, value: unknown): unknown => (UNTOLD.has(key) ? undefined : value);
const wholeDoses = (key: string, value: unknown): unknown => (key === 'doseS' ? Math.floor(value as number) : value);

export function createConductor({ source, config, title, log: plainLog, calibrations, remembered, keep }: ConductorOptions): Conductor {
  const { clock, kind, transport } = source;
  const commands$ = new Subject<CommandEvent>();
  const script = source.script && createScript(source.script);
  const haptics = createHaptics();
  const told = { link: 'idle', roller: 'null', session: '' };
  let state = createPipeline({ ...config, start: source.start });
  const log: Log = {
    info: (line) => plainLog.info(`${name()}: ${line}`),
    warn: (line) => plainLog.warn(`${name()}: ${line}`),
  };
  const keeper = keep?.({ source, log, onRecording: () => audience?.session() }) ?? null;
  const idOfSession = (): string => keeper?.sessionId ?? newId();
  const session: { id: string; state: SessionState; startedUtcMs: number | null } = { id: idOfSession(), state: 'idle', startedUtcMs: null };
  let subscription: Subscription | undefined;
  let audience: Audience | undefined;
  let hasRun = false;
  /** Told to meet another roller, which has not come yet. */
  let isLeaving = false;
  let cueSeq = 0;
  /** Time that pipelines before this one have seen, s: the script goes on. */
  let earlierS = 0;

  const name = (): string => state.roller?.name ?? title;
  const view = (): PipelineView => (isLeaving ? { ...viewPipeline(state), roller: null, info: null } : viewPipeline(state));
  const commanding = (command: PipelineCommand): CommandEvent => ({ type: 'command', command, arrivalS: clock.monotonicS() });
  const calibrator = createCalibrator({
    kept: calibrations,
    clock,
    log,
    isReplay: kind === 'replay',
    state: () => state,
    command: (command) => commands$.next(commanding(command)),
    request: (asked) => source.request(asked),
    tell: (news) => audience?.calibration(news),
  });

  const inputs$: Observable<PipelineInput | PipelineReset> = defer(() =>
    merge(commands$, of<PipelineInput>({ type: 'state', state: 'idle', reason: null, arrivalS: clock.monotonicS() }), source.inputs$),
  );

  function take(hub: Audience, input: PipelineInput | PipelineReset): void {
    if (input.type === 'reset') return goOnFrom(hub, input.state);
    if (input.type === 'info') isLeaving = false;
    if (beginsAnew(input)) beginAnew();
    keeper?.take(input);
    const outputs = stepPipeline(state, input);
    for (const output of outputs) handle(hub, output);
    calibrator.meet();
    if (input.type === 'state') noteLink();
    if (session.state === 'stopped') void keeper?.end(state);
    // Most frames change nothing that is told: ticks come ten times a second.
    if (input.type !== 'frame' || outputs.length > 0) tellChanges(hub);
    if (script !== null) for (const command of dueCommands(script, earlierS + state.durationS)) commands$.next(commanding(command));
  }

  function handle(hub: Audience, output: PipelineOutput): void {
    keeper?.made(output);
    if (output.type === 'session') enter(output.state);
    if (output.type === 'cue') cue(hub, output.event);
    if (output.type === 'tick') calibrator.take(output.tick);
  }

  /** A session that is kept begins where nothing is left of the one before, so that it can be played again by itself. */
  const beginsAnew = (input: PipelineInput): boolean =>
    keeper !== null && session.state === 'stopped' && input.type === 'command' && input.command.type === 'start';

  function beginAnew(): void {
    earlierS += state.durationS;
    state = createPipeline({ ...config, start: source.start });
    for (const input of keeper?.begin() ?? []) stepPipeline(state, input);
  }

  /** The recording is played from another place. */
  function goOnFrom(hub: Audience, next: PipelineState): void {
    state = next;
    session.state = state.coaching.session;
    tellChanges(hub);
  }

  function enter(next: SessionState): void {
    if (isNewSession(session.state, next)) Object.assign(session, { id: idOfSession(), startedUtcMs: clock.utcMs() });
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

  function noteLink(): void {
    const { state: now, reason } = state.link;
    const next = `${now}${reason === null ? '' : ` (${reason})`}`;
    if (next === told.link) return;
    log.info(`link: ${next}`);
    if (now === 'streaming' || told.link === 'streaming') rememberRoller();
    hasRun ||= now !== 'idle';
    told.link = next;
  }

  function rememberRoller(): void {
    const met = kind === 'replay' ? null : metRoller(view(), clock.utcMs());
    if (met !== null) remembered.remember(met).catch((error: unknown) => log.warn(`remembering it failed: ${String(error)}`));
  }

  /** The roller and the session are told when they have changed, doses when a second has been added. */
  function tellChanges(hub: Audience): void {
    const roller = JSON.stringify(conductor.roller(), withoutUntold);
    if (roller !== told.roller) hub.hello();
    const sessionNow = JSON.stringify(conductor.session(), wholeDoses);
    if (sessionNow !== told.session) hub.session();
    Object.assign(told, { roller, session: sessionNow });
  }

  /** The end of a recording is the end of its session, until it is played from another place. */
  function tellPlayback(hub: Audience, { ended }: TransportState): void {
    if (ended && session.state !== 'stopped') commands$.next(commanding({ type: 'stop' }));
    hub.playback();
  }

  async function request(asked: ControlRequest): Promise<void> {
    const { result } = await source.request(asked);
    if (result !== 'success') throw new AppError('E_REFUSED', `the roller refused to ${asked.procedure}: ${result}`, 'try again in a moment');
  }

  const conductor: Conductor = {
    open(hub) {
      audience = hub;
      subscription = inputs$.subscribe((input) => take(hub, input));
      subscription.add(transport?.state$.subscribe((playing) => tellPlayback(hub, playing)));
    },
    get state() {
      return state;
    },
    get hasRun() {
      return hasRun;
    },
    roller: () => rollerOf(view(), calibrator.kept()),
    session: () => sessionOf(view(), { id: session.id, startedUtcMs: session.startedUtcMs, recording: keeper?.recording ?? 'off' }),
    playback: () => transport && { state: playbackOf(transport), timeline: timelineOf(transport) },
    snapshot: () => snapshotOf(view(), { source: kind, nowS: clock.monotonicS(), cueSeq }),
    fulfil(wish) {
      if (wish.type === 'calibrate') return calibrator.begin(wish.step);
      if (wish.type === 'identify') return request({ procedure: 'identify', seconds: IDENTIFY_S });
      if (wish.type === 'playback') return steer(transport, wish);
      if (script !== null) heedPerson(script, wish);
      commands$.next({ ...commanding(wish), byPerson: true });
    },
    meet(roller) {
      if (source.meet === null) throw new AppError('E_REFUSED', 'a recording has its own roller', 'start with --source ble to meet another');
      log.info(`looks for ${roller}`);
      rememberRoller();
      isLeaving = true;
      source.meet(roller);
    },
    async close() {
      subscription?.unsubscribe();
      if (state.link.state === 'streaming') rememberRoller();
      await keeper?.end(state);
    },
  };
  return conductor;
}
