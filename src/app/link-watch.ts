import type { PipelineState } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import type { RememberedRoller, RememberedRollers } from '../sessions/remembered.ts';

export interface LinkWatchOptions {
  readonly remembered: RememberedRollers;
  readonly log: Log;
  /** The roller that is there now, as it is to be remembered; null: there is none, or none to remember. */
  readonly met: () => RememberedRoller | null;
}

/** Follows the link of a station: tells in the log how it goes, and remembers its roller at both ends of a stream. */
export interface LinkWatch {
  /** It runs, or did: it is anywhere from looking for a roller to the end of a recording. */
  readonly hasRun: boolean;
  follow(link: PipelineState['link']): void;
  /** The station lets go of its roller. */
  leave(): void;
}

export function createLinkWatch({ remembered, log, met }: LinkWatchOptions): LinkWatch {
  let told = 'idle';
  let isStreaming = false;
  let hasRun = false;

  function remember(): void {
    const roller = met();
    if (roller !== null) remembered.remember(roller).catch((error: unknown) => log.warn(`remembering it failed: ${String(error)}`));
  }

  return {
    get hasRun() {
      return hasRun;
    },
    follow({ state, reason }) {
      const next = `${state}${reason === null ? '' : ` (${reason})`}`;
      if (next === told) return;
      told = next;
      log.info(`link: ${next}`);
      const wasStreaming = isStreaming;
      isStreaming = state === 'streaming';
      if (isStreaming || wasStreaming) remember();
      hasRun ||= state !== 'idle';
    },
    leave: remember,
  };
}
