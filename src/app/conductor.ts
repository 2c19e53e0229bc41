import type { Observable, Subscription } from 'rxjs';
import type { Command, SessionState } from '../coaching/events.ts';
import { isNewSession } from '../coaching/session.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import {
  createPipeline, finishPipeline, viewPipeline, type MarkerCommand, type PipelineConfig, type PipelineOutput, type PipelineState, type PipelineView,
} from '../pipeline.ts';
import type { StationSource } from '../server/channel.ts';
import type { Audience } from '../server/hub.ts';
import { prefixedLog, type Log } from '../server/log.ts';
import type { Calibrations } from '../sessions/calibrations.ts';
import type { RememberedRollers } from '../sessions/remembered.ts';
import { ask } from './ask.ts';
import { createCalibrator } from './calibrator.ts';
import { createCommands } from './commands.ts';
import { courseOf, type CourseStep } from './course.ts';
import { isFreshStart } from './fresh-start.ts';
import { createShaker } from './haptics.ts';
import type { Keeper } from './keeper.ts';
import type { KeeperStation } from './kept-session.ts';
import { createLinkWatch } from './link-watch.ts';
import { playbackOf, steer, timelineOf } from './playback.ts';
import type { Source } from './source.ts';
import { createTeller, type Teller } from './teller.ts';
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
  /** A person has changed what is kept of a roller. */
  readonly rollerEdits$: Observable<void>;
  /** What is known of whoever rolls: it wins over a script, and flags win over it. */
  readonly known$: Observable<Command>;
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

export function createConductor(options: ConductorOptions): Conductor {
  const { source, config, title, log: plainLog, calibrations, rollerEdits$, remembered, known$, keep } = options;
  const { clock, kind, transport } = source;
  const isReplay = kind === 'replay';
  const pipelineConfig: PipelineConfig = { ...config, start: source.start };
  /** Of the pipeline that runs; of none as long as the source is not open. */
  let state = createPipeline(pipelineConfig);
  let subscription: Subscription | undefined;
  let audience: Audience | undefined;
  let teller: Teller | undefined;
  /** Told to meet another roller, which has not come yet. */
  let isLeaving = false;
  let cueSeq = 0;

  const log = prefixedLog(plainLog, () => state.roller?.name ?? title);
  const view = (): PipelineView => ({ ...viewPipeline(state), ...(isLeaving && { roller: null, info: null }) });

  const commands = createCommands(source, known$);
  const shake = isReplay ? null : createShaker((pattern) => ask(source, pattern), log);
  const linkWatch = createLinkWatch({ remembered, log, met: () => (isReplay ? null : metRoller(view(), clock.utcMs())) });
  const calibrator = createCalibrator({
    kept: calibrations, clock, log, isReplay,
    state: () => state,
    command: commands.give,
    request: source.request,
    tell: (news) => audience?.calibration(news),
  });
  const onRecording: KeeperStation['onRecording'] = (trouble) => {
    if (trouble !== null) audience?.trouble(trouble);
    teller?.look();
  };
  const keeper = keep?.({ source, log, onRecording }) ?? null;
  const idOfSession = (): string => keeper?.sessionId ?? newId();
  const session: { id: string; state: SessionState; startedUtcMs: number | null } = { id: idOfSession(), state: 'idle', startedUtcMs: null };

  const course$ = courseOf({ source, commands$: commands.commands$, config: pipelineConfig, keeper });

  function follow({ input, outputs, state: next, seenS }: CourseStep): void {
    state = next;
    if (isFreshStart(input)) return calibrator.interrupt(); // all else is told by what comes next
    if (input.type === 'reset') return goOn();
    if (input.type === 'info') isLeaving = false;
    outputs.forEach(handle);
    calibrator.meet();
    if (input.type === 'state') linkWatch.follow(state.link);
    if (session.state === 'stopped') void keeper?.end(state);
    if (input.type === 'frame') teller?.lookAfterFrame(state);
    else teller?.look();
    commands.follow(seenS);
  }

  function handle(output: PipelineOutput): void {
    keeper?.made(output);
    if (output.type === 'tick') calibrator.take(output.tick);
    if (output.type === 'session') enter(output.state);
    if (output.type !== 'cue') return;
    const seq = audience?.cue(output.event) ?? 0;
    if (output.event.phase === 'start') cueSeq = seq;
    shake?.(output.event);
  }

  function enter(next: SessionState): void {
    if (isNewSession(session.state, next)) Object.assign(session, { id: idOfSession(), startedUtcMs: clock.utcMs() });
    session.state = next;
    log.info(`session ${session.id}: ${next}`);
  }

  /** The recording is played from another place. */
  function goOn(): void {
    session.state = state.coaching.session;
    teller?.look();
  }

  function mark(marker: MarkerCommand): void {
    if (isReplay) throw new AppError('E_REFUSED', 'a recording stays as it is', 'mark moments while a session runs');
    commands.give(marker);
  }

  const conductor: Conductor = {
    open(hub) {
      audience = hub;
      teller = createTeller(conductor, hub);
      subscription = course$.subscribe(follow);
      subscription.add(rollerEdits$.subscribe(teller.look));
      subscription.add(transport?.state$.subscribe(({ ended }) => {
        // The end of a recording is the end of its session, until it is played from another place.
        if (ended && session.state !== 'stopped') commands.give({ type: 'stop' });
        hub.playback();
      }));
    },
    get state() {
      return state;
    },
    get hasRun() {
      return linkWatch.hasRun;
    },
    roller: () => rollerOf(view(), calibrator.kept()),
    session: () => sessionOf(view(), { id: session.id, startedUtcMs: session.startedUtcMs, recording: keeper?.recording ?? 'off' }),
    playback: () => transport && { state: playbackOf(transport), timeline: timelineOf(transport) },
    snapshot: () => snapshotOf(view(), { source: kind, nowS: clock.monotonicS(), cueSeq }),
    fulfil(wish) {
      if (wish.type === 'calibrate') return calibrator.begin(wish.step);
      if (wish.type === 'identify') return ask(source, { procedure: 'identify', seconds: IDENTIFY_S });
      if (wish.type === 'playback') return steer(transport, wish);
      if (wish.type === 'marker') return mark(wish);
      commands.giveByPerson(wish);
    },
    meet(roller) {
      if (source.meet === null) throw new AppError('E_REFUSED', 'a recording has its own roller', 'start with --source ble to meet another');
      log.info(`looks for ${roller}`);
      linkWatch.leave();
      isLeaving = true;
      source.meet(roller);
      teller?.look();
    },
    async close() {
      subscription?.unsubscribe();
      if (state.link.state === 'streaming') linkWatch.leave();
      for (const output of finishPipeline(state)) keeper?.made(output);
      await keeper?.end(state);
    },
  };
  return conductor;
}
