import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportOf } from '../../src/sessions/export/report/report.ts';
import type { SessionRun } from '../../src/sessions/export/session-run.ts';
import { runOf } from '../sessions/export/exports.ts';
import { crowded } from '../sessions/export/worst-case.ts';
import { launchBrowser, openPage } from './support/browser.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await openPage(browser);
});
afterAll(() => browser.close());

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

/** A session of three hours with a cue every minute. */
function dense(): SessionRun {
  const run = crowded(6);
  const cues = Array.from({ length: 180 }, (_, minute) => ({ ...run.cues[0]!, tS: 60 * minute }));
  const origin = { ...run.summary.origin, durationS: 10_800 };
  return { ...run, cues, summary: { ...run.summary, origin } };
}

/** Texts that reach out of their drawing, and pairs that stand on one another by more than a hair. */
const marred = (): Promise<string[]> =>
  page.locator('svg').evaluateAll((drawings) =>
    drawings.flatMap((drawing) => {
      const around = drawing.getBoundingClientRect();
      const texts = [...drawing.querySelectorAll('text')].map((text) => ({ said: text.textContent, box: text.getBoundingClientRect() }));
      const found: string[] = [];
      for (const [index, { said, box }] of texts.entries()) {
        if (box.left < around.left - 1 || box.right > around.right + 1) found.push(`"${said}" is cut off`);
        for (const other of texts.slice(index + 1)) {
          const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          // A line's box is higher than its letters.
          if (wide > 1 && high > 0.3 * box.height) found.push(`"${said}" stands on "${other.said}"`);
        }
      }
      return found;
    }));

describe('the report', () => {
  test.each([0, 1, 3, 4, 6, 7, 12, 21])('is one page of A4 and of Letter with %i rows at their longest', async (rows) => {
    await page.setContent(reportOf(rows === 0 ? runOf('s13', 5) : crowded(rows)));
    for (const format of ['A4', 'Letter'] as const) expect(pagesOf(await page.pdf({ format, preferCSSPageSize: false }))).toBe(1);
  });

  test('would be seen to be two pages', async () => {
    await page.setContent(reportOf(crowded(6)).replace('</footer>', '</footer><div style="height: 100mm">more</div>'));
    expect(pagesOf(await page.pdf({ format: 'A4' }))).toBe(2);
  });

  test('runs and loads nothing, and shows what was put into it as text', async () => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.setContent(reportOf(crowded(3)));
    expect(await page.locator('b, script, link, iframe, img').count()).toBe(0);
    expect(await page.locator('header').textContent()).toContain('<b>"A name" & that');
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
  });

  test('its drawings keep their texts apart and whole', async () => {
    await page.setViewportSize({ width: 703, height: 1000 }); // 186 mm
    await page.emulateMedia({ media: 'print' });
    for (const run of [runOf('s13', 5), runOf('tour', 115), dense(), ...[1, 3, 6, 21].map(crowded)]) {
      await page.setContent(reportOf(run));
      expect(await marred()).toEqual([]);
    }
  });

  test('fits the width of the page: nothing is cut off', async () => {
    await page.setViewportSize({ width: 703, height: 1000 }); // 186 mm
    await page.emulateMedia({ media: 'print' });
    for (const rows of [1, 6, 21]) {
      await page.setContent(reportOf(crowded(rows)));
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(703);
    }
  });
});
