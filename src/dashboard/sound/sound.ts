import { computed, signal } from '@preact/signals';
import { CLICKS, TONES, type ToneName } from '../../guide/cue-words.ts';
import { change, settings } from '../state/settings.ts';
import { jumps, onCue, onSnapshot } from '../state/store.ts';
import { sought } from '../transport/seek.ts';
import { wordsOf, type CueKind, type Level } from '../view/words.ts';
import { createPlayer } from './player.ts';
import { createVoice } from './voice.ts';

/** Ears come first: a person rolls face down and cannot look at a screen. */
const player = createPlayer();
const voice = createVoice((isSpeaking) => player.duck(isSpeaking));
const isUnlocked = signal(false);

export const hasVoice = voice.exists;
/** Sound is wanted and the browser allows it. */
export const isAudible = computed(() => isUnlocked.value && settings.value.sound);

export function startSound(): void {
  for (const gesture of ['pointerup', 'keyup'] as const) addEventListener(gesture, unlockByGesture, { passive: true });
  // After a reload a browser may allow it at once; one that does not waits for a tap.
  if (settings.peek().sound) void unlock();
  onCue(({ cue, telling }) => {
    if (cue.phase === 'start' && cue.audible && telling === 'now' && sought.peek() === null) sayCue(cue.kind, cue.level);
  });
  let lastPraisedS: number | null | undefined;
  jumps.subscribe(() => (lastPraisedS = undefined));
  onSnapshot(({ praisedS }) => {
    if (lastPraisedS === undefined) lastPraisedS = praisedS; // what was praised before this page came, or at another place of a recording, is not praised now
    if (praisedS === null || praisedS === lastPraisedS) return;
    lastPraisedS = praisedS;
    play('relief');
  });
}

/** The button: turns sound on with a test to hear, or off. */
export async function toggleSound(): Promise<void> {
  if (isAudible.value) {
    change({ sound: false });
    voice.hush();
    return;
  }
  await unlock();
  change({ sound: true });
  play('relief');
  speak('Sound on', toneMs('relief'));
}

/** Lets a person hear a cue, to set the volume before lying down. */
export function testSound(kind: CueKind): void {
  sayCue(kind, 1);
}

/** Says something that was asked for, as the "speak status" key does, even while the voice for cues is off. */
export const speakAnswer = (text: string): void => {
  if (isUnlocked.value) voice.speak(text, settings.value.voiceVolume, 0);
};

/** News that was waited for, with the tone of relief where it is good. */
export function sayAloud(text: string, isGood: boolean): void {
  if (isGood) play('relief');
  speak(text, isGood ? toneMs('relief') : 0);
}

/** A beat of the metronome: softer than a cue. */
export function click(isFirst: boolean): void {
  if (isAudible.peek()) player.play(CLICKS[isFirst ? 'first' : 'other'], settings.peek().soundVolume / 2);
}

function sayCue(kind: CueKind, level: Level): void {
  const words = wordsOf(kind, level);
  if (words === null) return;
  play(words.tone);
  speak(words.voice, toneMs(words.tone));
}

/** The tone of relief is praise: softer than a cue. */
function play(tone: ToneName | 'relief'): void {
  const { soundVolume } = settings.value;
  if (isAudible.value) player.play(TONES[tone], tone === 'relief' ? soundVolume / 2 : soundVolume);
}

function speak(text: string, afterMs: number): void {
  if (isAudible.value && settings.value.voice) voice.speak(text, settings.value.voiceVolume, afterMs);
}

const toneMs = (tone: ToneName | 'relief'): number => Math.max(...TONES[tone].map((note) => note.atMs + note.forMs));

/** Any tap will do, except one on the sound button, which decides for itself. */
function unlockByGesture({ target }: Event): void {
  if (!(target instanceof Element && target.closest('[data-sound-button]'))) void unlock();
}

async function unlock(): Promise<void> {
  if (!isUnlocked.value) isUnlocked.value = await player.unlock();
}
