import type { JSX } from 'preact';
import type { CueKind } from '../../coaching/events.ts';
import { hasVoice, isAudible, testSound, toggleSound } from '../sound/sound.ts';
import { change, settings, type Settings } from '../state/settings.ts';
import { hello, roller, say } from '../state/store.ts';
import { wordsOf } from '../view/words.ts';
import { Choices } from './choices.tsx';
import { SafetyNote } from './safety-note.tsx';
import { Sheet } from './sheet.tsx';

const TESTS: readonly CueKind[] = ['too-fast', 'too-long', 'over-pressure', 'dose-goal'];

export function SettingsSheet(): JSX.Element {
  const { units, voice, shortcuts } = settings.value;
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
            <button key={kind} type="button" class="quiet-button" disabled={!isAudible.value} onClick={() => testSound(kind)}>{wordsOf(kind, 1)?.word}</button>
          ))}
        </div>

        <h3>Reading</h3>
        <Choices legend="Speed" name="units" options={[['cm', 'cm/s'], ['in', 'in/s']]} value={units} onChange={(value: Settings['units']) => change({ units: value })} />
        <Switch label="Keys: P pause, S say how it goes, M sound" on={shortcuts} onChange={(on) => change({ shortcuts: on })} />
        <p class="advice">Space and Enter stop, always.</p>

        <h3>Roller</h3>
        <p class="advice">
          {roller.value === null ? 'None yet' : `${roller.value.name}, ${roller.value.texture} ${roller.value.tool}, radius ${roller.value.radiusCm} cm`}
          {hello.value !== null && ` · ${hello.value.software}`}
        </p>
        <button type="button" class="quiet-button" onClick={() => say({ type: 'identify' })}>Let the roller show itself</button>
        <SafetyNote />
      </section>
    </Sheet>
  );
}

function Volume({ label, field }: { readonly label: string; readonly field: 'soundVolume' | 'voiceVolume' }): JSX.Element {
  return (
    <label class="volume">
      <span>{label}</span>
      <input type="range" min="0" max="1" step="0.05" value={settings.value[field]} onInput={(event) => change({ [field]: Number(event.currentTarget.value) })} />
    </label>
  );
}

function Switch({ label, on, onChange }: { readonly label: string; readonly on: boolean; readonly onChange: (on: boolean) => void }): JSX.Element {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
