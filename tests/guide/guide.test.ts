import { describe, expect, it } from 'vitest';
import { CUE_KINDS } from '../../src/coaching/events.ts';
import { precedenceOf, RULES } from '../../src/coaching/rules/list.ts';
import { CALM_WORDS, CUE_WORDS, reasonOf, SAFETY_NOTE, TONES, type CueWords } from '../../src/guide/cue-words.ts';
import { EVIDENCE } from '../../src/guide/evidence.ts';
import { MUSCLE_GROUPS } from '../../src/guide/groups.ts';
import { GENERAL_ADVICE, TECHNIQUES } from '../../src/guide/techniques.ts';
import { surfaceOf, SURFACES } from '../../src/guide/tools.ts';

const all = Object.entries<Partial<Record<0 | 1 | 2, CueWords>>>(CUE_WORDS);
const each = all.flatMap(([kind, levels]) => Object.entries(levels).map(([level, words]) => [kind, Number(level), words] as const));

describe('words of the cues', () => {
  it('exist for every cue that can be told', () => {
    expect(all.map(([kind]) => kind).sort()).toEqual([...CUE_KINDS].sort());
    for (const { kind } of RULES) {
      for (const level of [1, 2] as const) {
        const isTold = precedenceOf({ kind, level }) >= 0;
        expect([kind, level, level in CUE_WORDS[kind]]).toEqual([kind, level, isTold]);
      }
    }
  });

  it.each(each)('%s %d: an action in few words, said in under 2 s', (_, level, { word, reason, voice }) => {
    expect(word.split(' ').length).toBeLessThanOrEqual(3);
    expect(reason.length).toBeLessThanOrEqual(48);
    // 150 words a minute.
    expect(voice.split(' ').length).toBeLessThanOrEqual(5);
    expect(voice === '').toBe(level === 0);
  });

  it.each(each)('%s %d: without blame', (_, __, { word, reason, voice }) => {
    expect(`${word} ${reason} ${voice}`).not.toMatch(/wrong|bad|fail|error|mistake|should have|must/i);
  });

  it('count whole seconds', () => {
    expect(reasonOf(CUE_WORDS['too-long'][1], 30.97)).toBe('30 s on one area: the next is waiting');
    expect(reasonOf(CUE_WORDS['too-fast'][1], 20)).toBe('Gives the muscle time to loosen up');
  });

  it('and the calm ones are one word or a few', () => {
    for (const { word } of Object.values(CALM_WORDS)) expect(word.split(' ').length).toBeLessThanOrEqual(3);
  });

  it('come with the note on safety', () => expect(SAFETY_NOTE).toMatch(/not a medical device/i));
});

describe('tones', () => {
  it.each(Object.entries(TONES))('%s: is over within 0.4 s', (_, notes) => {
    expect(Math.max(...notes.map(({ atMs, forMs }) => atMs + forMs))).toBeLessThanOrEqual(400);
    expect(notes[0]?.atMs).toBe(0);
  });

  it('differ in rhythm or direction, not in pitch alone', () => {
    const shape = Object.values(TONES).map((notes) =>
      notes.map(({ atMs, hz }, index) => `${atMs} ${Math.sign(hz - (notes[index - 1]?.hz ?? hz))}`).join(' '),
    );
    const [single] = [TONES.low, TONES.relief].map((notes) => notes[0]?.forMs);
    expect(single).not.toBe(TONES.relief[0]?.forMs);
    expect(new Set(shape).size).toBe(shape.length - 1);
  });
});

describe('techniques', () => {
  it('exist for every group, and none is the low back', () => {
    expect(Object.keys(TECHNIQUES).sort()).toEqual(MUSCLE_GROUPS.filter((group) => group !== 'unknown').sort());
    expect(MUSCLE_GROUPS.join(' ')).not.toMatch(/back|lumbar/);
    expect(GENERAL_ADVICE.some(({ text }) => /low back/i.test(text))).toBe(true);
  });

  it('name the pressure each surface may have', () => {
    expect(surfaceOf('roller', 'textured')).toBe('textured');
    expect(surfaceOf('ball', 'textured')).toBe('ball');
    for (const { pressureLimitKpa: [limit, min, max] } of Object.values(SURFACES)) expect(min < limit && limit < max).toBe(true);
  });
});

describe('evidence', () => {
  it('claims nothing as proven, and names its source', () => {
    for (const { known, source } of EVIDENCE) {
      expect(known).not.toMatch(/(?<!not )\bproven\b|heals|cures|guarantee/i);
      expect(source).toMatch(/\b20\d\d\b/);
    }
  });
});
