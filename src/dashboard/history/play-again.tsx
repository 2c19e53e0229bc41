import type { JSX } from 'preact';
import type { KeptSession } from '../../server/api/schemas.ts';
import { isUnderWay } from '../view/actions.ts';
import { Glyph } from '../view/icons.tsx';
import { viewingAddress } from '../viewing.ts';

/** Whoever rolls meanwhile keeps this page, with its voice and its STOP: then the session is played beside it. */
const beside = () => (isUnderWay() ? { target: '_blank', rel: 'noopener' } : {});

/** The session as it was on the screen, from its recording. */
export function PlayAgain({ session: { id, file } }: { readonly session: Pick<KeptSession, 'id' | 'file'> }): JSX.Element | null {
  if (file === null) return null;
  return <a class="quiet-button play-again" href={viewingAddress(id)} {...beside()}><Glyph name="play" />Play it again</a>;
}

interface Moment {
  readonly session: string;
  readonly tS: number;
  readonly children: string;
}

/** What led to a moment, and the moment itself. */
export const PlayFrom = ({ session, tS, children }: Moment): JSX.Element => (
  <a class="play-from" href={viewingAddress(session, Math.max(0, tS - LEAD_S))} title={`Play it from ${LEAD_S} s before`} {...beside()}>{children}</a>
);
const LEAD_S = 5;
