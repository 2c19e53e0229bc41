import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../../src/sessions/export/report/markup.ts';
import { reportOf } from '../../../src/sessions/export/report/report.ts';
import { linear, roundTicks, timeTicks } from '../../../src/sessions/export/report/scale.ts';
import { clock } from '../../../src/sessions/export/report/words.ts';
import { runOf } from './exports.ts';
import { crowded } from './worst-case.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const unescaped = (text: string): string => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);

describe('markup', () => {
  it('escapes whatever is put into it, text and attributes alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`;
        const read = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/s.exec(markup);
        const printable = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\u{10ffff}]/gu, '\ufffd');
        expect([read?.[1], read?.[2]].map((part) => unescaped(part ?? ''))).toEqual([printable, printable]);
      }),
    );
  });

  it('leaves markup in markup alone, joins lists, and shows nothing for null', () => {
    expect(html`<ul>${['a', '<'].map((item) => html`<li>${item}</li>`)}${null}${1}</ul>`.markup).toBe('<ul><li>a</li><li>&lt;</li>1</ul>');
  });
});

describe('scales', () => {
  it('have round ticks, from 0, as many as asked for at most and at least a third of them', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e5, noNaN: true }), fc.integer({ min: 3, max: 12 }), (to, count) => {
        const ticks = roundTicks(to, count);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeLessThanOrEqual(to * 1.000001);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        expect(ticks.length).toBeGreaterThan(count / 3);
      }),
    );
    expect(timeTicks(130, 12)).toEqual([0, 15, 30, 45, 60, 75, 90, 105, 120]);
    expect([0, 65, 3600].map(clock)).toEqual(['0:00', '1:05', '1:00:00']);
    expect(linear([0, 10], [5, 25])(5)).toBe(15);
  });
});

const TOUR = runOf('tour', 120);

describe('the report', () => {
  it.each(['live', 'simulated', 'replay'] as const)('says that it is %s, in capitals', (source) => {
    const run = runOf('s01', 3, { meta: { source } });
    expect(reportOf(run)).toContain(`<p class="source">${source.toUpperCase()}</p>`);
  });

  it('tells what was done of what was chosen, the limits, the cues and the source of each judgement', () => {
    const report = reportOf(TOUR);
    for (const said of [
      'Done: 1 of 1 chosen (30 to 90 s each, goal 60 s); 1:41 in contact.',
      'Hamstrings, left',
      '1x, 5 s', // too fast
      'Slow down 1x, Move on 1x, Goal reached 1x, Ease off 1x, Limit reached 1x',
      'M: Move on',
      'not a medical device',
      '6000 frames, 0 lost',
      'scenario s01-test',
    ]) expect(report).toContain(said);
  });

  it('draws speed and force as lines that are broken where there is no contact', () => {
    const report = reportOf(TOUR);
    const [speed, force] = [...report.matchAll(/<path class="line" d="([^"]*)"/g)].map(([, d]) => d!);
    // Lifted from 83 to 89 s: two pieces.
    expect(speed!.match(/M/g)).toHaveLength(2);
    expect(force!.match(/M/g)).toHaveLength(2);
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('tells mean pressure where the mass is not known, and nothing where no load is', () => {
    const recording = runOf('s01', 10, { commands: [{ tS: 0, command: { type: 'mass', massKg: null } }] });
    expect(reportOf(recording)).toContain('aria-label="Mean pressure"');
    const none = { ...recording, series: recording.series.map((tick) => ({ ...tick, forceN: null, pressureKpa: null })) };
    expect(reportOf(none)).toContain('<p>Load: not known.</p>');
  });

  it('sums up the rows that would not fit', () => {
    const report = reportOf(crowded(21));
    expect(report.match(/<th scope="row">/g)).toHaveLength(12);
    // Those with 30, 37, ... 86 s.
    expect(report).toContain('And 9 more with 522 s in all.');
  });

  it('has nothing in it that was not escaped, and no script, whatever the names', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (name) => {
        const run = crowded(1);
        const tags = (report: string): string[] => report.match(/<[a-z/!][^\s>]*/gi) ?? [];
        const plain = { ...run.summary.origin, person: { id: 'p', name: 'x' }, importedFrom: 'x' };
        const named = { ...plain, person: { id: 'p', name: `<i>${name}` }, importedFrom: `"'><script>${name}` };
        const [was, is] = [plain, named].map((origin) => tags(reportOf({ ...run, summary: { ...run.summary, origin } })));
        expect(is).toEqual(was);
      }),
      { numRuns: 30 },
    );
  });
});
