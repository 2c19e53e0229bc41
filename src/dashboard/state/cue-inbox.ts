import type { CueMessage, ServerMessage } from '../../server/wire.ts';

/** Which cues were heard, so that a page that comes back asks for the rest and tells none of them twice. */
export interface CueInbox {
  sessionId: string | null;
  /** Every cue up to this number was heard, or was before this page's time. */
  heardUpTo: number;
  /** Heard beyond it: a live cue may overtake the missed ones. */
  readonly heardBeyond: Set<number>;
  /** Number of the service's latest cue, from a greeting that is not yet answered. */
  greetedAt: number | null;
}

export type InboxAction =
  | { readonly do: 'resume'; readonly afterSeq: number }
  | { readonly do: 'tell'; readonly cue: CueMessage }
  | { readonly do: 'nothing' };

const NOTHING: InboxAction = { do: 'nothing' };

export function createCueInbox(): CueInbox {
  return { sessionId: null, heardUpTo: 0, heardBeyond: new Set(), greetedAt: null };
}

/**
 * Hello tells how far the service has come; the session, right after it, tells whether it is still the one we knew. The
 * service holds new cues back for a moment, until it is asked to resume: so it is asked on every connection.
 */
export function stepCueInbox(inbox: CueInbox, message: ServerMessage): InboxAction {
  switch (message.type) {
    case 'hello':
      inbox.greetedAt = message.lastCueSeq;
      return NOTHING;
    case 'session':
      return meetSession(inbox, message.id);
    case 'cue':
      return hear(inbox, message);
    case 'snapshot':
    case 'error':
      return NOTHING;
  }
}

function meetSession(inbox: CueInbox, sessionId: string): InboxAction {
  const { greetedAt } = inbox;
  const isStrange = inbox.sessionId !== sessionId;
  inbox.sessionId = sessionId;
  inbox.greetedAt = null;
  if (greetedAt === null) return NOTHING;
  // Another session, or a service that counts anew: nothing of it was missed.
  if (isStrange || greetedAt < inbox.heardUpTo) {
    inbox.heardUpTo = greetedAt;
    inbox.heardBeyond.clear();
  }
  return { do: 'resume', afterSeq: inbox.heardUpTo };
}

function hear(inbox: CueInbox, cue: CueMessage): InboxAction {
  if (cue.seq <= inbox.heardUpTo || inbox.heardBeyond.has(cue.seq)) return NOTHING;
  inbox.heardBeyond.add(cue.seq);
  while (inbox.heardBeyond.delete(inbox.heardUpTo + 1)) inbox.heardUpTo++;
  return { do: 'tell', cue };
}
