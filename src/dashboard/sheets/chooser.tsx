import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { GROUPS, MUSCLE_GROUPS, type MuscleGroup, type Side } from '../../guide/groups.ts';
import { TECHNIQUES } from '../../guide/techniques.ts';
import { TEXTURED_WARNING } from '../../guide/tools.ts';
import { settings } from '../state/settings.ts';
import { roller, say, session, sessionState, snapshot } from '../state/store.ts';
import { start } from '../view/actions.ts';
import { BodyFigure } from './body-figure.tsx';
import { Choices } from './choices.tsx';
import { MassField, massKgOf, massText } from './mass-field.tsx';
import { SafetyNote } from './safety-note.tsx';
import { closeSheet } from './sheets.ts';
import { Sheet } from './sheet.tsx';

const SIDE_LABELS = [['left', 'Left'], ['both', 'Both'], ['right', 'Right']] as const satisfies readonly (readonly [Side, string])[];

/** Where it is, for those who do not know the muscle by its name. */
const PLACES: Readonly<Record<MuscleGroup, string>> = {
  piriformis: 'buttock',
  hamstrings: 'back of thigh',
  quadriceps: 'front of thigh',
  adductors: 'inner thigh',
  lats: 'side of back',
  rhomboids: 'upper back',
  unknown: 'not listed',
};

/** Where a person decides: which muscle, which side, how heavy, and whether to roll at all. */
export function Chooser(): JSX.Element {
  const [group, setGroup] = useState<MuscleGroup>(snapshot.value?.group ?? 'unknown');
  const [side, setSide] = useState<Side>(snapshot.value?.side ?? 'both');
  const [mass, setMass] = useState(massText(session.value?.massKg ?? null));
  const { noteRead } = settings.value;
  const isAtRest = sessionState.value === 'idle' || sessionState.value === 'stopped';

  const decide = (event: Event): void => {
    event.preventDefault();
    const massKg = massKgOf(mass);
    if (massKg !== (session.value?.massKg ?? null)) say({ type: 'mass', massKg });
    say({ type: 'select', group, side });
    if (isAtRest) start();
    closeSheet();
  };

  return (
    <Sheet title="What will you roll?">
      <form class="chooser" onSubmit={decide}>
        {!noteRead && <SafetyNote />}
        <fieldset class="tiles">
          <legend class="unseen">Muscle</legend>
          {MUSCLE_GROUPS.map((option) => (
            <label key={option} class="tile">
              <input type="radio" name="group" checked={option === group} onChange={() => setGroup(option)} />
              <BodyFigure group={option} side={side} />
              <span>{option === 'unknown' ? 'Another' : GROUPS[option].name}</span>
              <small>{PLACES[option]}</small>
            </label>
          ))}
        </fieldset>
        <div class="chooser-how">
          {group !== 'unknown' && <HowTo group={group} />}
          <Choices legend="Side" name="side" options={SIDE_LABELS} value={side} onChange={setSide} />
          <MassField label="Your weight, if you like: load is then judged by it" mass={mass} onInput={setMass} />
          {roller.value?.texture === 'textured' && <p class="advice">{TEXTURED_WARNING}</p>}
          <p class="advice">Never the low back, the neck, a joint, or the painful spot itself: roll the muscles around it.</p>
          {noteRead && <SafetyNote />}
        </div>
        <button type="submit" class="primary">{isAtRest ? 'Start' : 'Roll this'}</button>
      </form>
    </Sheet>
  );
}

/** How to lie, and what to mind, before the first stroke: nobody reads while rolling. */
function HowTo({ group }: { readonly group: Exclude<MuscleGroup, 'unknown'> }): JSX.Element {
  const { position, movement, cautions } = TECHNIQUES[group];
  return (
    <div class="how-to">
      <p>{position} {movement.join(' ')}</p>
      <ul>{cautions.map(({ text }) => <li key={text}>{text}</li>)}</ul>
    </div>
  );
}
