import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { CoachingConfig } from '../coaching/parameters.ts';
import { AppError } from '../errors.ts';
import { sendFailure } from '../server/client.ts';
import { prefixedLog, type Log } from '../server/log.ts';
import type { Viewings } from '../server/server.ts';
import { recordingOf } from '../sessions/library/recording-of.ts';
import { conductorsWith } from './conductors.ts';
import type { Memory } from './memory.ts';
import { goOnAir, type OnAir } from './on-air.ts';
import { openReplay } from './replay.ts';
import { createStack } from './stack.ts';

/** Each holds a recording in memory, some 40 MB for an hour. */
const MOST_VIEWINGS = 4;
/** A page that lost its connection comes back within this (dashboard/state/socket.ts), and finds its session where it was. */
const LINGER_MS = 10_000;

export interface ViewingsOptions {
  readonly memory: Memory;
  /** Thresholds for recordings that do not tell theirs. */
  readonly coaching: CoachingConfig;
  readonly software: string;
  readonly clock: Clock;
  readonly log: Log;
}

interface Viewing {
  readonly opening: Promise<Pick<OnAir, 'hub' | 'close'>>;
  watchers: number;
  /** Set while nobody watches. */
  lingering: NodeJS.Timeout | undefined;
}

/** Kept sessions that somebody watches again, beside whoever rolls meanwhile: each is played from its recording, for all who ask for it together. */
export function createViewings(options: ViewingsOptions): Viewings {
  const viewings = new Map<string, Viewing>();
  const ending = new Set<Promise<void>>();
  let isClosed = false;

  function begin(sessionId: string): Viewing {
    const viewing: Viewing = { opening: openViewing(sessionId, options), watchers: 0, lingering: undefined };
    viewings.set(sessionId, viewing);
    return viewing;
  }

  function end(sessionId: string, viewing: Viewing): void {
    clearTimeout(viewing.lingering);
    if (viewings.get(sessionId) === viewing) viewings.delete(sessionId);
    const ended = viewing.opening.then(({ close }) => close()).catch(() => undefined); // whoever asked for it has been told
    ending.add(ended);
    void ended.then(() => ending.delete(ended));
  }

  /** The one that nobody watches makes room. */
  function makeRoom(): void {
    if (viewings.size < MOST_VIEWINGS) return;
    const idle = [...viewings].find(([, { watchers }]) => watchers === 0);
    if (idle === undefined) {
      throw new AppError('E_REFUSED', `${MOST_VIEWINGS} sessions are being played already`, 'close one of them');
    }
    end(...idle);
  }

  async function watch(socket: WebSocket, sessionId: string): Promise<void> {
    if (!viewings.has(sessionId)) makeRoom();
    const viewing = viewings.get(sessionId) ?? begin(sessionId);
    clearTimeout(viewing.lingering);
    viewing.watchers++;
    socket.once('close', () => {
      if (--viewing.watchers > 0 || viewings.get(sessionId) !== viewing) return;
      viewing.lingering = setTimeout(() => end(sessionId, viewing), LINGER_MS);
    });
    try {
      const { hub } = await viewing.opening;
      if (socket.readyState === socket.OPEN) hub.attach(socket);
    } catch (error) {
      if (viewings.get(sessionId) === viewing) viewings.delete(sessionId);
      throw error;
    }
  }

  return {
    attach(socket, sessionId) {
      if (isClosed) return socket.close(1001, 'the service is closing');
      socket.pause(); // what it says meanwhile is heard once there is somebody to hear it
      watch(socket, sessionId)
        .catch((error: unknown) => {
          if (!(error instanceof AppError)) options.log.warn(`session ${sessionId} cannot be played: ${String(error)}`);
          sendFailure({ socket }, error, 'playing it');
          socket.close(1008, 'it cannot be played');
        })
        .finally(() => socket.resume());
    },
    async close() {
      isClosed = true;
      for (const [sessionId, viewing] of viewings) end(sessionId, viewing);
      await Promise.all(ending);
    },
  };
}

/** Rejects with E_NOT_FOUND, and with what reading its recording rejects with. */
async function openViewing(sessionId: string, { memory, coaching, software, clock, log: plainLog }: ViewingsOptions): Promise<Pick<OnAir, 'hub' | 'close'>> {
  const { file } = await recordingOf(memory.library, sessionId);
  const log = prefixedLog(plainLog, () => `session ${sessionId} again`);
  const config = { coaching, overrides: {} };
  const opened = createStack();
  try {
    const source = opened.add(await openReplay({ recording: file, rate: 1, loop: false, config, clock, report: log.warn }));
    const conduct = conductorsWith({ memory, config, software, log });
    const { hub } = opened.add(goOnAir({ source, remembered: memory.remembered, software, conduct, clock, log }));
    return { hub, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
