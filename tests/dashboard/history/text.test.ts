import { describe, expect, it } from 'vitest';
import { byDay, dayTitle } from '../../../src/dashboard/history/days.ts';
import { bytesText, countText, numberText, percentText, spanText, tickText, weekText } from '../../../src/dashboard/history/format.ts';
import { importProblem, problemIn } from '../../../src/dashboard/history/problem-words.ts';
import { sentence } from '../../../src/dashboard/history/sentence.ts';

const at = (day: number, hour: number): number => new Date(2026, 0, day, hour).getTime();

describe('numbers', () => {
  it('are written as the locale writes them, and what is not known is a dash, never zero', () => {
    expect([numberText(12.34, 1, 'de'), numberText(12.34, 1, 'en')]).toEqual(['12,3', '12.3']);
    expect([numberText(null), numberText(0)]).toEqual(['\u2013', '0']);
    expect([percentText(41.7, 'en'), percentText(null)]).toEqual(['42 %', '\u2013']);
    expect([tickText(0.5, 'en'), tickText(2, 'en')]).toEqual(['0.5', '2']);
  });

  const spans = [[0, '0 s'], [59.4, '59 s'], [59.6, '1:00 min'], [125, '2:05 min'], [3599.7, '1:00:00 h'], [3723, '1:02:03 h']] as const;
  it.each(spans)('%d s is %s', (seconds, text) => {
    expect(spanText(seconds)).toBe(text);
  });

  const sizes = [[0, '0 byte'], [999, '999 byte'], [3_240_000, '3.2 MB'], [95_400_000, '95 MB'], [2_000_000_000, '2 GB']] as const;
  it.each(sizes)('%d bytes are %s', (bytes, text) => {
    expect(bytesText(bytes, 'en')).toBe(text);
  });

  it('count things by their number', () => {
    expect([countText(1, 'cue'), countText(0, 'cue'), countText(2, 'child', 'children')]).toEqual(['1 cue', '0 cues', '2 children']);
  });
});

describe('days', () => {
  it('are today and yesterday by the clock, not by 24 hours, and then dates', () => {
    const now = at(15, 1);
    expect([at(15, 0), at(14, 23), at(14, 0), at(13, 23)].map((ms) => dayTitle(ms, now, 'en-GB'))).toEqual([
      'Today',
      'Yesterday',
      'Yesterday',
      expect.stringMatching(/^Tuesday,? 13 January 2026$/),
    ]);
    expect(dayTitle(at(14, 12), now, 'de')).toBe('Gestern');
    expect(dayTitle(at(16, 12), now, 'en-GB')).toMatch(/^Friday,? 16 January 2026$/);
  });

  it('hold the sessions that began on them, in their order', () => {
    const sessions = [at(15, 9), at(15, 8), at(14, 23), at(12, 0)].map((startedUtcMs) => ({ startedUtcMs }));
    const days = byDay(sessions);
    expect(days.map(({ sessions: ofDay }) => ofDay.length)).toEqual([2, 1, 1]);
    expect(days.flatMap(({ sessions: ofDay }) => ofDay)).toEqual(sessions);
    expect(byDay([])).toEqual([]);
  });

  it('a week is named by the same day wherever it is read', () => {
    expect(weekText('2026-01-05', 'en-US')).toBe('Jan 5');
  });
});

describe('what went wrong', () => {
  it('is told with its code, also where it was not the companion that answered', () => {
    const refused = { code: 'E_NOT_FOUND', message: 'there is no session', hint: 'list them' };
    expect(problemIn(JSON.stringify(refused), 404)).toEqual(refused);
    expect(problemIn('{"code":"x","message":"y"}', 400)).toEqual({ code: 'x', message: 'y', hint: '' });
    expect(problemIn('{"code":"bad-request","message":"y","hint":"see /api/openapi.json"}', 400).hint).toBe('Check what was entered');
    for (const text of ['<html>', '', 'null', '{"code":1}', '[]']) expect(problemIn(text, 502).code).toBe('http-502');
  });

  it('of a file says what a person can do about it', () => {
    const refused = { code: 'E_NOT_A_RECORDING', message: 'this is no recording', hint: 'give it a recording' };
    expect(importProblem(refused, 'log.CSV').hint).toContain('smart-roller import LOG.csv');
    expect(importProblem(refused, 'bag.mcap')).toEqual(refused);
    expect(importProblem({ code: 'offline', message: 'gone', hint: '' }, 'a.mcap').hint).toContain('256 MB');
  });

  it('is a sentence', () => {
    expect([' session x is gone', 'Why?', 'done.', ''].map(sentence)).toEqual(['Session x is gone.', 'Why?', 'Done.', '.']);
  });
});
