import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportOf } from '../../src/sessions/export/report/report.ts';
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

  test('fits the width of the page: nothing is cut off', async () => {
    await page.setViewportSize({ width: 703, height: 1000 }); // 186 mm
    await page.emulateMedia({ media: 'print' });
    for (const rows of [1, 6, 21]) {
      await page.setContent(reportOf(crowded(rows)));
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(703);
    }
  });
});
