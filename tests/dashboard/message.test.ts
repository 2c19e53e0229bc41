import { describe, expect, test } from 'vitest';
import type { Freshness } from '../../src/dashboard/state/freshness.ts';
import { messageFor, type Message } from '../../src/dashboard/view/message.ts';
import { toneOf, wordsOf } from '../../src/dashboard/view/words.ts';
import { CUE_WORDS } from '../../src/guide/cue-words.ts';
import type { SnapshotMessage } from '../../src/server/wire.ts';
import { snapshot } from './snapshot.ts';

const FRESH: Freshness = { at: 'fresh' };
const say = (parts: Parameters<typeof snapshot>[0] = {}, more: { freshness?: Freshness; isBrisk?: boolean; retryInS?: number | null } = {}): Message =>
  messageFor({ snapshot: snapshot(parts), freshness: FRESH, retryInS: null, isBrisk: false, ...more });

const tooFast: Pick<SnapshotMessage, 'active' | 'cue'> = {
  active: [{ kind: 'too-fast', level: 1, sinceS: 49, value: 15, limit: 14 }],
  cue: { kind: 'too-fast', level: 1, seq: 3 },
};

describe('one message at a time', () => {
  test('good rolling is good', () => {
    expect(say()).toEqual({ tone: 'good', icon: 'check', word: 'Good pace', reason: 'Breathe, let it soften' });
  });

  test('a cue comes before all that the rolling says otherwise', () => {
    expect(say({ ...tooFast, active: [...tooFast.active, { kind: 'too-long', level: 0, sinceS: 1, value: 21, limit: 20 }] }, { isBrisk: true })).toMatchObject({
      tone: 'caution',
      word: 'Slow down',
    });
  });

  test('relief is shown the moment the person complies, though the cue still stands', () => {
    expect(say({ ...tooFast, relieved: true })).toMatchObject({ tone: 'good', word: 'Good, keep that' });
  });

  test('there is no praise for one fault while another stands: that one is shown', () => {
    const also = { kind: 'over-pressure', level: 1, sinceS: 49, value: 65, limit: 60 } as const;
    expect(say({ ...tooFast, active: [...tooFast.active, also], relieved: true })).toMatchObject({ tone: 'caution', word: 'Ease off' });
    const goal = { kind: 'dose-goal', level: 1, sinceS: 40, value: 65, limit: 60 } as const;
    expect(say({ ...tooFast, active: [...tooFast.active, goal], relieved: true }).word).toBe('Good, keep that');
  });

  test('by rhythm a brisk speed is nothing to speak of', () => {
    expect(say({}, { isBrisk: true }).word).toBe('Fine');
    expect(say({ rhythm: { beatsPerMin: 60, beatsPerStroke: 4 } }, { isBrisk: true }).word).toBe('Good pace');
  });

  test('a planned hold is led to its aim', () => {
    const hold = { targetS: 30, isSettled: true };
    expect(say({ hold: { ...hold, isSettled: false } })).toMatchObject({ word: 'Find your spot', reason: 'Then hold still for 30 s' });
    expect(say({ hold, dwellS: 29 })).toMatchObject({ icon: 'hold', word: 'Hold here', reason: 'Breathe, 30 s is the aim' });
    expect(say({ hold, dwellS: 31 }).word).toBe('Well held');
  });

  test('between sets the rest is counted', () => {
    const set = { number: 1, of: 3, restLeftS: 12.2 };
    expect(say({ contact: false, set })).toMatchObject({ tone: 'quiet', word: 'Rest', reason: 'Set 2 of 3 in 13 s' });
    expect(say({ contact: false, set: { ...set, restLeftS: 0 } })).toMatchObject({ word: 'Next set', reason: 'Set 2 of 3 begins on the roller' });
  });

  test('a hint is shown where there is no cue, with its number', () => {
    expect(say({ active: [{ kind: 'too-long', level: 0, sinceS: 1, value: 23.7, limit: 20 }] })).toEqual({
      tone: 'hint',
      icon: 'move',
      word: 'Move on soon',
      reason: '23 s on one area',
    });
  });

  test('off the roller nobody is told to be good or brisk', () => {
    expect(say({ contact: false, speedCmS: null }, { isBrisk: true })).toMatchObject({ tone: 'quiet', word: 'Take your time' });
  });

  test('holding still is called so, and for the lats it is the technique', () => {
    expect(say({ speedCmS: 0.3, dwellS: 6 }).word).toBe('Good hold');
    expect(say({ speedCmS: 0.3, dwellS: 2 }).word, 'a turn of a stroke').toBe('Good pace');
    expect(say({ group: 'lats', speedCmS: 2 }).word).toBe('Good hold');
  });
});

describe('what is not live', () => {
  const stale: readonly Freshness[] = [{ at: 'old', ageMs: 2000 }, { at: 'unlinked', ageMs: 2000 }, { at: 'gone', ageMs: 2000 }];

  test.each(stale)('$at is never coloured as good, nor told as a cue', (freshness) => {
    const parts = freshness.at === 'unlinked' ? { link: 'lost' as const } : {};
    expect(say({ ...tooFast, ...parts }, { freshness, retryInS: 3 }).tone).toBe('quiet');
    expect(say(parts, { freshness, retryInS: 3 }).tone).toBe('quiet');
  });

  test('a lost roller: what happens next, and that the time is kept', () => {
    expect(say({ link: 'waiting' }, { freshness: { at: 'unlinked', ageMs: 900 } }).reason).toBe('Calling it again by itself, your time is kept');
    expect(say({ link: 'waiting', session: 'idle' }, { freshness: { at: 'unlinked', ageMs: 900 } }).reason).toBe('Calling it again by itself');
  });

  test('what keeps the link from opening is told without its code and its technical part', () => {
    const linkReason = 'E_BLUETOOTH: no adapter was found (lsusb shows it); plug one in';
    expect(say({ link: 'idle', linkReason }, { freshness: { at: 'unlinked', ageMs: null } })).toMatchObject({
      word: 'No link',
      reason: 'No adapter was found; plug one in',
    });
  });

  test('a recording that is over says so', () => {
    expect(say({ link: 'closed', source: 'replay' }, { freshness: { at: 'unlinked', ageMs: 900 } }).word).toBe('The end');
  });

  test('a lost page tells when it tries again', () => {
    expect(messageFor({ snapshot: null, freshness: { at: 'none' }, retryInS: 4, isBrisk: false }).reason).toBe('No companion here. Trying again in 4 s');
  });

  test('a safety stop stays whatever the link does', () => {
    for (const freshness of [FRESH, ...stale]) expect(say({ session: 'safety-stop' }, { freshness })).toMatchObject({ tone: 'strong', word: 'Stop' });
  });
});

test('whatever the guide says of a cue finds a word and a colour', () => {
  for (const [kind, levels] of Object.entries(CUE_WORDS)) {
    for (const level of Object.keys(levels).map(Number)) {
      expect(wordsOf(kind as keyof typeof CUE_WORDS, level as 0 | 1 | 2)?.word).toBeTruthy();
    }
  }
  expect(toneOf('dose-goal', 1)).toBe('good');
  expect([toneOf('too-long', 0), toneOf('too-fast', 1), toneOf('over-pressure', 2)]).toEqual(['hint', 'caution', 'strong']);
});
