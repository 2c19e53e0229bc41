/**
 * What a cue says and how: one action in a word or two, one line of reason without blame, a voice phrase of under two seconds, a
 * tone, an icon of its own shape, and pulses for the roller's motor. Kinds are those of coaching; a test holds the two together.
 */
export interface CueWords {
  readonly word: string;
  /** `{value}` stands for what was judged. */
  readonly reason: string;
  readonly voice: string;
  readonly tone: ToneName;
  readonly icon: IconName;
  /** Pulses of the haptic motor: 1 slower, 2 move on, 3 ease off; 0 none. */
  readonly hapticPulses: 0 | 1 | 2 | 3;
}

export type IconName = 'slower' | 'move' | 'ease' | 'goal' | 'limit' | 'stop' | 'again';
export type ToneName = 'fall' | 'rise' | 'low' | 'triad' | 'settle' | 'stop' | 'again';

/** By kind, then level; level 0 is a hint, which is shown and never sounds. */
export const CUE_WORDS = {
  'too-fast': {
    1: { word: 'Slow down', reason: 'Gives the muscle time to loosen up', voice: 'Slow down', tone: 'fall', icon: 'slower', hapticPulses: 1 },
    2: { word: 'Slow down', reason: 'Much slower lets the muscle loosen up', voice: 'Slow right down', tone: 'fall', icon: 'slower', hapticPulses: 1 },
  },
  'too-long': {
    0: { word: 'Move on soon', reason: '{value} s on one area', voice: '', tone: 'rise', icon: 'move', hapticPulses: 0 },
    1: { word: 'Move on', reason: '{value} s on one area: the next is waiting', voice: 'Move on', tone: 'rise', icon: 'move', hapticPulses: 2 },
    2: { word: 'Move on', reason: '{value} s on one area is plenty', voice: 'Time to move on', tone: 'rise', icon: 'move', hapticPulses: 2 },
  },
  'over-pressure': {
    1: { word: 'Ease off', reason: 'More pressure brings no more benefit', voice: 'Ease off', tone: 'low', icon: 'ease', hapticPulses: 3 },
    2: { word: 'Ease off', reason: 'Take weight on your hands or feet', voice: 'Ease off now', tone: 'low', icon: 'ease', hapticPulses: 3 },
  },
  'dose-goal': {
    1: { word: 'Done', reason: 'Goal reached: {value} s for this muscle', voice: 'Goal reached', tone: 'triad', icon: 'goal', hapticPulses: 0 },
  },
  'dose-limit': {
    1: { word: 'Done', reason: '{value} s is enough for this muscle', voice: 'Done, switch', tone: 'settle', icon: 'limit', hapticPulses: 0 },
    2: { word: 'Done', reason: '{value} s: choose another muscle or finish', voice: 'Done here, switch now', tone: 'settle', icon: 'limit', hapticPulses: 0 },
  },
  'rest-over': {
    1: { word: 'Next set', reason: '{value} s of rest: whenever you like', voice: 'Next set', tone: 'again', icon: 'again', hapticPulses: 0 },
  },
  'safety-stop': {
    2: { word: 'Stop', reason: 'Pain this strong is a reason to stop', voice: 'Stop now', tone: 'stop', icon: 'stop', hapticPulses: 0 },
  },
} as const satisfies Readonly<Record<string, Partial<Readonly<Record<0 | 1 | 2, CueWords>>>>>;

/** The reason with its number, whole seconds. */
export const reasonOf = (words: CueWords, value: number): string => filled(words.reason, { value: Math.floor(value) });

/** A text with its numbers. */
export const filled = (text: string, numbers: Readonly<Record<string, number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(numbers[name] ?? whole));

/** A note of a tone, from the start of the tone. */
export interface Note {
  readonly atMs: number;
  readonly forMs: number;
  readonly hz: number;
}

const [A3, E4, A4, C5, E5, G5] = [220, 329.6, 440, 523.3, 659.3, 784];

/** Told apart by rhythm and direction, not by pitch alone; each is over in 0.4 s, and none is like a medical alarm. */
export const TONES: Readonly<Record<ToneName | 'relief', readonly Note[]>> = {
  fall: [{ atMs: 0, forMs: 150, hz: E5 }, { atMs: 170, forMs: 220, hz: A4 }],
  rise: [{ atMs: 0, forMs: 100, hz: A4 }, { atMs: 130, forMs: 100, hz: C5 }, { atMs: 260, forMs: 140, hz: E5 }],
  low: [{ atMs: 0, forMs: 400, hz: A3 }],
  triad: [{ atMs: 0, forMs: 400, hz: C5 }, { atMs: 0, forMs: 400, hz: E5 }, { atMs: 0, forMs: 400, hz: G5 }],
  settle: [{ atMs: 0, forMs: 110, hz: G5 }, { atMs: 130, forMs: 110, hz: E5 }, { atMs: 260, forMs: 140, hz: C5 }],
  stop: [{ atMs: 0, forMs: 180, hz: E4 }, { atMs: 220, forMs: 180, hz: E4 }],
  again: [{ atMs: 0, forMs: 120, hz: C5 }, { atMs: 220, forMs: 180, hz: G5 }],
  relief: [{ atMs: 0, forMs: 250, hz: G5 }],
};

/** The click of the metronome: a higher one where a stroke begins. */
export const CLICKS: Readonly<Record<'first' | 'other', readonly Note[]>> = {
  first: [{ atMs: 0, forMs: 80, hz: 1318.5 }],
  other: [{ atMs: 0, forMs: 80, hz: 880 }],
};

/** What is said when there is no cue; `{...}` stands for a number, see `filled`. */
export const CALM_WORDS = {
  welcome: { word: 'Choose a muscle', reason: 'Then lie down and begin gently' },
  ready: { word: 'Ready', reason: 'It starts when your weight is on the roller' },
  good: { word: 'Good pace', reason: 'Breathe, let it soften' },
  brisk: { word: 'Fine', reason: 'A little slower is gentler still' },
  rest: { word: 'Rest', reason: 'Set {next} of {of} in {left} s' },
  rested: { word: 'Next set', reason: 'Set {next} of {of} begins on the roller' },
  hold: { word: 'Hold here', reason: 'Breathe, {target} s is the aim' },
  held: { word: 'Well held', reason: 'Move on when you like' },
  settling: { word: 'Find your spot', reason: 'Then hold still for {target} s' },
  holding: { word: 'Good hold', reason: 'Breathe, your weight is enough' },
  relieved: { word: 'Good, keep that', reason: 'Just like this' },
  away: { word: 'Take your time', reason: 'The clock waits for you' },
  paused: { word: 'Paused', reason: 'Time counts again when you go on' },
  finished: { word: 'Finished', reason: 'Your summary is ready' },
} as const;

/** To be shown wherever the companion speaks about health. */
export const SAFETY_NOTE =
  'Not a medical device. It cannot feel your pain or see how you lie. Stop on sharp pain, numbness, tingling or dizziness, and ask a professional.';
