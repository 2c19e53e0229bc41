import type { JSX } from 'preact';
import { openSheet } from '../sheets/sheets.ts';
import { isAudible, toggleSound } from '../sound/sound.ts';
import { freshness, hello, isReplay, roller, snapshot, socket } from '../state/store.ts';
import { mayCommand } from '../state/watching.ts';
import { leaveAddress, viewedSession } from '../viewing.ts';
import { groupText } from './group-text.ts';
import { Glyph } from './icons.tsx';
import { LINK_WORDS } from './link-words.ts';
import { RecordingMark } from './recording-mark.tsx';
import { SourceBanner } from './source-banner.tsx';

/** What is rolled, where the numbers come from, which roller and how it is, and sound. */
export function Header(): JSX.Element {
  return (
    <header class="header">
      <GroupButton />
      <RollerLine />
      <div class="header-tools">
        {viewedSession !== null && (
          <a class="tool" aria-label="Back to the history" title="Back to the history" href={leaveAddress(viewedSession)}><Glyph name="history" /></a>
        )}
        <SoundButton />
        <button type="button" class="tool" aria-label="Settings" title="Settings" onClick={() => openSheet('settings')}>
          <Glyph name="settings" />
        </button>
      </div>
    </header>
  );
}

function GroupButton(): JSX.Element {
  const { group = 'unknown', side = 'both' } = snapshot.value ?? {};
  const text = groupText(group, side);
  const isFixed = isReplay.value || !mayCommand.value;
  return (
    <button
      type="button"
      class="group-button"
      aria-label={`Muscle: ${text}${isFixed ? '' : '. Change'}`}
      disabled={isFixed}
      onClick={() => openSheet('chooser')}
    >
      <span>{text}</span>
      {!isFixed && <Glyph name="down" />}
    </button>
  );
}

function RollerLine(): JSX.Element {
  return (
    <div class="roller-line" aria-live="off">
      <SourceBanner />
      <RecordingMark />
      <RollerButton />
      <Battery />
    </div>
  );
}

/** Which roller, and the way to what can be done for it: with one of its own, where it is calibrated; with several, to the others. */
function RollerButton(): JSX.Element {
  const name = roller.value?.name ?? 'No roller yet';
  const hasOne = roller.value !== null && hello.value?.rollers.length === 1 && mayCommand.value;
  const [way, leadsTo] = hasOne ? (['calibrate', 'Calibrate'] as const) : (['rollers', 'Rollers'] as const);
  return (
    <button
      type="button"
      class="roller-button"
      aria-label={`Roller: ${name}, ${linkText()}${isReplay.value ? '' : `. ${leadsTo}`}`}
      disabled={isReplay.value}
      onClick={() => openSheet(way)}
    >
      <span class="roller-name">{name}</span>
      <span class="roller-link" data-linked={freshness.value.at === 'fresh'}>{linkText()}</span>
    </button>
  );
}

function linkText(): string {
  if (socket.value.at !== 'open' || snapshot.value === null) return 'offline';
  return freshness.value.at === 'old' ? 'silent' : LINK_WORDS[snapshot.value.link];
}

function Battery(): JSX.Element | null {
  const percent = snapshot.value?.batteryPct ?? null;
  if (percent === null) return null;
  return (
    <span class="battery" aria-label={`Battery ${percent} percent`} role="img">
      <svg viewBox="0 0 26 12" aria-hidden="true">
        <rect x="0.75" y="0.75" width="21.5" height="10.5" rx="3" fill="none" stroke="currentColor" stroke-width="1.5" />
        <rect x="2.5" y="2.5" width={0.18 * percent} height="7" rx="1.5" fill="currentColor" />
        <path d="M24.5 4v4" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      </svg>
      {percent} %
    </span>
  );
}

function SoundButton(): JSX.Element {
  const on = isAudible.value;
  return (
    <button
      type="button"
      data-sound-button
      class={on ? 'tool' : 'tool tool-wide'}
      title="Sound and voice"
      aria-label={on ? 'Sound is on. Turn it off' : 'Turn sound on'}
      onClick={() => void toggleSound()}
    >
      <Glyph name={on ? 'sound' : 'mute'} />
      {!on && <span>Sound on</span>}
    </button>
  );
}
