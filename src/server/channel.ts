import type { Claim } from './claim.ts';
import type { CueLog } from './cue-log.ts';
import type { ClientMessage, PlaybackMessage, RollerView, SessionMessage, SnapshotMessage, TimelineMessage } from './wire.ts';

/** What a person asks of a roller; the rest is the hub's own business. */
export type Wish = Exclude<ClientMessage, { type: 'resume' | 'watch' | 'claim' | 'release' | 'scan' | 'meet' }>;

/** Where the hub gets what it tells of one roller, and who carries out what is wished of it. */
export interface StationSource {
  /** Null until a roller has said what it is. */
  roller(): Omit<RollerView, 'station' | 'claimedBy'> | null;
  session(): Omit<SessionMessage, 'type'>;
  snapshot(): Omit<SnapshotMessage, 'type'>;
  /** Of a recording that is played; null: the roller is there. */
  playback(): { readonly state: Omit<PlaybackMessage, 'type'>; readonly timeline: Omit<TimelineMessage, 'type'> } | null;
  /** What it throws or rejects with is told to the client that wished it. */
  fulfil(wish: Wish): void | Promise<void>;
}

/** The hub's side of one station: what it tells of it, and to whom it listens. */
export interface Channel {
  /** Counted from 1. */
  readonly station: number;
  readonly source: StationSource;
  readonly cues: CueLog;
  claim: Claim | null;
}

export const rollerOf = ({ source, station, claim }: Channel): RollerView | null => {
  const roller = source.roller();
  return roller && { ...roller, station, claimedBy: claim?.label ?? null };
};
