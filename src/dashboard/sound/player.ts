import type { Note } from '../../guide/cue-words.ts';

/** Plays notes through WebAudio. A browser lets it start only from a person's tap or key. */
export interface Player {
  /** To be called from a gesture; true when sound may flow. */
  unlock(): Promise<boolean>;
  play(notes: readonly Note[], volume: number): void;
  /** Turns the notes down while the voice speaks. */
  duck(isSpeaking: boolean): void;
}

const DUCKED = 0.25;
const FADE_S = 0.03;
/** Peak of one note before the volume; a triad of three stays below full scale. */
const PEAK = 0.3;

export function createPlayer(): Player {
  let context: AudioContext | null = null;
  let bus: GainNode | null = null;

  return {
    async unlock() {
      context ??= new AudioContext();
      if (bus === null) {
        bus = context.createGain();
        bus.connect(context.destination);
      }
      await context.resume();
      return context.state === 'running';
    },
    play(notes, volume) {
      if (context === null || bus === null || context.state !== 'running') return;
      for (const note of notes) playNote(context, bus, note, volume);
    },
    duck(isSpeaking) {
      if (context !== null) bus?.gain.setTargetAtTime(isSpeaking ? DUCKED : 1, context.currentTime, FADE_S);
    },
  };
}

function playNote(context: AudioContext, bus: AudioNode, { atMs, forMs, hz }: Note, volume: number): void {
  const from = context.currentTime + atMs / 1000;
  const to = from + forMs / 1000;
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hz });
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, from);
  envelope.gain.linearRampToValueAtTime(PEAK * volume, from + FADE_S / 2);
  envelope.gain.setTargetAtTime(0, to - 2 * FADE_S, FADE_S);
  oscillator.connect(envelope).connect(bus);
  oscillator.start(from);
  oscillator.stop(to + FADE_S);
  oscillator.addEventListener('ended', () => envelope.disconnect());
}
