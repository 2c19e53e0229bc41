import type { CueMessage, HelloMessage, ServerMessage } from '../../server/wire.ts';

/** Which cues were heard, so that a page that comes back asks for the rest and tells none of them twice. Plain data. */
export interface CueInbox {
  /** Whose cues they are: each station counts by itself. */
  station: number | null;
  /** Every cue up to this number was heard, or was before this page's time; null before the first greeting. */
  heardUpTo: number | null;
  /** Heard beyond it: a live cue may overtake the missed ones. */
  readonly heardBeyond: Set<number>;
}

export type InboxAction =
  | { readonly do: 'resume'; readonly afterSeq: number }
  | { readonly do: 'tell'; readonly cue: CueMessage }
  | { readonly do: 'nothing' };

const NOTHING: InboxAction = { do: 'nothing' };

export const createCueInbox = (): CueInbox => ({ station: null, heardUpTo: null, heardBeyond: new Set() });

/** The service holds new cues back for a moment after its hello, until it is asked to resume: so it is asked every time. */
export function stepCueInbox(inbox: CueInbox, message: ServerMessage): InboxAction {
  switch (message.type) {
    case 'hello':
      return greet(inbox, message);
    case 'cue':
      return hear(inbox, message);
    case 'session':
    case 'snapshot':
    case 'calibration':
    case 'air':
    case 'playback':
    case 'timeline':
    case 'error':
      return NOTHING;
  }
}

/** Numbers belong to a station of the service, not to a session: one that is behind what was heard has been restarted and counts anew. */
function greet(inbox: CueInbox, { station, lastCueSeq }: HelloMessage): InboxAction {
  if (inbox.heardUpTo === null || lastCueSeq < inbox.heardUpTo || station !== inbox.station) {
    inbox.station = station;
    inbox.heardUpTo = lastCueSeq;
    inbox.heardBeyond.clear();
  }
  return { do: 'resume', afterSeq: inbox.heardUpTo };
}

function hear(inbox: CueInbox, cue: CueMessage): InboxAction {
  inbox.heardUpTo ??= cue.seq - 1;
  if (cue.seq <= inbox.heardUpTo || inbox.heardBeyond.has(cue.seq)) return NOTHING;
  inbox.heardBeyond.add(cue.seq);
  while (inbox.heardBeyond.delete(inbox.heardUpTo + 1)) inbox.heardUpTo++;
  return { do: 'tell', cue };
}
