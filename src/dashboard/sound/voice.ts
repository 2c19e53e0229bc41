/** Says a word or two; what is said now replaces what was being said. */
export interface Voice {
  readonly exists: boolean;
  speak(text: string, volume: number, afterMs: number): void;
  hush(): void;
}

/** A little faster than by default: a cue is to be over within two seconds. */
const RATE = 1.1;

export function createVoice(onSpeaking: (isSpeaking: boolean) => void): Voice {
  const synthesis: SpeechSynthesis | undefined = globalThis.speechSynthesis;
  let waiting = 0;

  const hush = (): void => {
    clearTimeout(waiting);
    synthesis?.cancel();
    onSpeaking(false);
  };

  return {
    exists: synthesis !== undefined,
    speak(text, volume, afterMs) {
      if (synthesis === undefined || text === '') return;
      hush();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = 'en';
      utterance.rate = RATE;
      utterance.volume = volume;
      utterance.addEventListener('start', () => onSpeaking(true));
      utterance.addEventListener('end', () => onSpeaking(false));
      utterance.addEventListener('error', () => onSpeaking(false));
      waiting = setTimeout(() => synthesis.speak(utterance), afterMs);
    },
    hush,
  };
}
