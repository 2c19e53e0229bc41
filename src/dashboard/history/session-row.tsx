import type { JSX } from 'preact';
import type { Person, SessionLine } from '../../server/api/schemas.ts';
import { groupText, sideText } from '../view/group-text.ts';
import { byMuscle } from './by-muscle.ts';
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
          {name !== null && <b class="row-name" dir="auto">{name}</b>}
          {rolled.length === 0 && <span>Nothing was rolled</span>}
          {byMuscle(rolled).map(({ group, sides }) => (
            <span key={group} class="row-part">
              {sides.map(({ side, activeS: ofItS }, index) => (
                <span key={side}>{index === 0 ? groupText(group, side) : sideText(side)} <i>{spanText(ofItS)}{index < sides.length - 1 && ','}</i></span>
              ))}
            </span>
          ))}
        </span>
        <span class="row-how">
          {person !== null && <bdi>{person.name}</bdi>}
          {rolled.length > 1 && <span>{spanText(activeS)} in all</span>}
          <span>{cueCount === 0 ? 'no cues' : countText(cueCount, 'cue')}</span>
          <Tags session={session} />
        </span>
      </a>
      <Star id={id} starred={starred} />
    </li>
  );
}
