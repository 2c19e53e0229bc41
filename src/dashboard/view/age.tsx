import type { JSX } from 'preact';
import { freshness } from '../state/store.ts';
import { ageText } from './units.ts';

/** How old the values beside it are; nothing while they are live. */
export function Age(): JSX.Element | null {
  const now = freshness.value;
  if (now.at === 'fresh' || now.at === 'none' || now.ageMs === null) return null;
  return <span class="age">{ageText(now.ageMs)}</span>;
}
