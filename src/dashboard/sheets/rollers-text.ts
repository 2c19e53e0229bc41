import type { AirRoller, RollerView } from '../../server/wire.ts';
import type { Standing } from '../state/standing.ts';
import { LINK_WORDS } from '../view/link-words.ts';

const SESSION_WORDS: Readonly<Record<RollerView['session'], string>> = {
  idle: 'at rest',
  ready: 'ready',
  running: 'rolling',
  paused: 'paused',
  stopped: 'finished',
  'safety-stop': 'stopped for pain',
};

/** How it is with a roller: linked, rolling. */
export const stateText = ({ link, session }: Pick<RollerView, 'link' | 'session'>): string => `${LINK_WORDS[link]}, ${SESSION_WORDS[session]}`;

/** Who may command, in a sentence; null where everybody may. */
export function standingText(standing: Standing): string | null {
  switch (standing.at) {
    case 'free':
      return null;
    case 'ours':
      return 'Only this screen commands this roller.';
    case 'theirs':
      return `${standing.label} has this roller to itself. Pain can be told from every screen.`;
    case 'astray':
      return 'The roller that this screen asked for is not here. The screen turns to it as soon as it comes.';
  }
}

/** Of those in the air, the ones that are not shown above already. */
export const strangers = (air: readonly AirRoller[], rollers: readonly RollerView[]): readonly AirRoller[] =>
  air.filter(({ id, station }) => station === null && !rollers.some((roller) => roller.id === id));

/** A roller by the best name there is. */
export const nameOf = ({ name, address, id }: Pick<AirRoller, 'name' | 'address' | 'id'>): string => name ?? id ?? address ?? 'No name';
