import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Profile } from '../../guide/profiles.ts';
import type { RollerView } from '../../server/wire.ts';
import { openHistory } from '../route.ts';
import { hasVoice, isAudible, testSound, toggleSound } from '../sound/sound.ts';
import { change, settings } from '../state/settings.ts';
import { calmSnapshot, hello, isReplay, roller, say } from '../state/store.ts';
import { mayCommand } from '../state/watching.ts';
import type { Units } from '../view/units.ts';
import { wordsOf, type CueKind } from '../view/words.ts';
import { Choices } from './choices.tsx';
import { People } from './people.tsx';
import { SafetyNote } from './safety-note.tsx';
import { closeSheet, openSheet } from './sheets.ts';
import { Sheet } from './sheet.tsx';
import { Switch } from './switch.tsx';

const UNIT_LABELS: readonly (readonly [Units, string])[] = [['cm', 'cm/s'], ['in', 'in/s']];
const PROFILE_LABELS: readonly (readonly [Profile, string])[] = [['release', 'By speed'], ['rhythm', 'By a beat']];
const KEYS = 'Keys: P pause, H hold, or history at rest, N mark this moment, S say how it goes, M sound, C calibrate, R rollers';
const PLAYER_KEYS = 'Space plays and pauses, the arrows go 10 s back and on, Home and End to the ends.';
const TESTS: readonly CueKind[] = ['too-fast', 'too-long', 'over-pressure', 'dose-goal'];

export function SettingsSheet(): JSX.Element {
  const { units, voice, shortcuts } = settings.value;
  const isOthers = isReplay.value || !mayCommand.value;
  // As chosen here, at once; the companion's answer takes a moment.
  const [profile, setProfile] = useState<Profile>(calmSnapshot.peek()?.rhythm == null ? 'release' : 'rhythm');
  const lookBack = (): void => {
    closeSheet();
    openHistory();
  };
  const judgeBy = (value: Profile): void => {
    setProfile(value);
    change({ profile: value });
    say({ type: 'profile', profile: value });
  };
  return (
    <Sheet title="Settings">
      <section class="settings">
        <h3>Sound</h3>
        <button type="button" class="quiet-button" data-sound-button onClick={() => void toggleSound()}>
          {isAudible.value ? 'Turn sound off' : 'Turn sound on, with a test'}
        </button>
        <Volume label="Tones" field="soundVolume" />
        {hasVoice && <Volume label="Voice" field="voiceVolume" />}
        {hasVoice && <Switch label="Speak every cue in a word or two" on={voice} onChange={(on) => change({ voice: on })} />}
        <div class="tests" role="group" aria-label="Hear a cue">
          {TESTS.map((kind) => (
            <button key={kind} type="button" class="quiet-button" disabled={!isAudible.value} onClick={() => testSound(kind)}>
              {wordsOf(kind, 1)?.word}
            </button>
          ))}
        </div>

        <People />

        <h3>Pace</h3>
        <Choices legend="Judged" name="profile" options={PROFILE_LABELS} value={profile} disabled={isOthers} onChange={judgeBy} />

        <h3>Reading</h3>
        <Choices legend="Speed" name="units" options={UNIT_LABELS} value={units} onChange={(value) => change({ units: value })} />
        <Switch label={KEYS} on={shortcuts} onChange={(on) => change({ shortcuts: on })} />
        <p class="advice">
          {isReplay.value ? PLAYER_KEYS : 'In the live view Space and Enter stop, always.'}
        </p>

        <h3>Roller</h3>
        <p class="advice">
          {roller.value === null ? 'None yet' : rollerText(roller.value)}
          {hello.value !== null && ` · ${hello.value.software}`}
        </p>
        <button type="button" class="quiet-button" onClick={() => openSheet('rollers')}>Which roller, and who commands it</button>
        <button type="button" class="quiet-button" disabled={isOthers} onClick={() => openSheet('calibrate')}>Calibrate it</button>
        <button type="button" class="quiet-button" disabled={isOthers} onClick={() => say({ type: 'identify' })}>Let the roller show itself</button>
        <button type="button" class="quiet-button" onClick={lookBack}>Look at the history</button>
        <SafetyNote />
      </section>
    </Sheet>
  );
}

const rollerText = ({ name, texture, tool, radiusCm }: RollerView): string => `${name}, ${texture} ${tool}, radius ${radiusCm} cm`;

function Volume({ label, field }: { readonly label: string; readonly field: 'soundVolume' | 'voiceVolume' }): JSX.Element {
  const set = (volume: string): void => change({ [field]: Number(volume) });
  return (
    <label class="volume">
      <span>{label}</span>
      <input type="range" min="0" max="1" step="0.05" value={settings.value[field]} onInput={(event) => set(event.currentTarget.value)} />
    </label>
  );
}
