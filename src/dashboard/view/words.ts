import { CUE_WORDS, type CueWords, type IconName as CueIcon } from '../../guide/cue-words.ts';
import type { CueMessage, SnapshotMessage } from '../../server/wire.ts';

export type CueKind = CueMessage['kind'];
export type Level = SnapshotMessage['active'][number]['level'];

/** The colour of the whole screen. `hint` never sounds; `quiet` is for what is not live, or not under way. */
export type Tone = 'good' | 'hint' | 'caution' | 'strong' | 'quiet';
export type IconName = CueIcon | 'check' | 'hold' | 'ready' | 'pause' | 'link' | 'body' | 'clock';

const BY_LEVEL: readonly [Tone, Tone, Tone] = ['hint', 'caution', 'strong'];

/** Reaching the goal and having rested are good news; everything else is as urgent as its level. */
const GOOD_NEWS: ReadonlySet<CueKind> = new Set(['dose-goal', 'rest-over']);
export const toneOf = (kind: CueKind, level: Level): Tone => (GOOD_NEWS.has(kind) ? 'good' : BY_LEVEL[level]);

/** What the guide has to say of a state; null where it is not told, as most hints are not. */
export const wordsOf = (kind: CueKind, level: Level): CueWords | null =>
  (CUE_WORDS[kind] as Partial<Readonly<Record<Level, CueWords>>>)[level] ?? null;
