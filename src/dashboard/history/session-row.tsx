import type { JSX } from 'preact';
import type { Person, SessionLine } from '../../server/api/schemas.ts';
import { groupText } from '../view/group-text.ts';
import { countText, spanText, timeText } from './format.ts';
import { Star } from './star.tsx';
import { Tags } from './tags.tsx';
import { hashOf } from './place.ts';

/** One session in a line or two: when, what, how long, and what was said. */
export function SessionRow({ session, person }: { readonly session: SessionLine; readonly person: Person | null }): JSX.Element {
  const { id, startedUtcMs, rolled, activeS, cueCount, name, starred } = session;
  return (
    <li class="row">
      <a class="row-link" href={hashOf({ at: 'session', id })}>
        <time class="row-time" dateTime={new Date(startedUtcMs).toISOString()}>{timeText(startedUtcMs)}</time>
        <span class="row-what">
          {name !== null && <b class="row-name">{name}</b>}
          {rolled.length === 0 && <span>Nothing was rolled</span>}
          {rolled.map(({ group, side, activeS: ofItS }) => (
            <span key={`${group} ${side}`} class="row-part">{groupText(group, side)} <i>{spanText(ofItS)}</i></span>
          ))}
        </span>
        <span class="row-how">
          {person !== null && <span>{person.name}</span>}
          {rolled.length > 1 && <span>{spanText(activeS)} in all</span>}
          <span>{cueCount === 0 ? 'no cues' : countText(cueCount, 'cue')}</span>
          <Tags session={session} />
        </span>
      </a>
      <Star id={id} starred={starred} />
    </li>
  );
}
