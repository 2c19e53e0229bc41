import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './support/browser.ts';
import { startCompanionProcess } from '../support/companion-process.ts';
import { ROOT } from '../support/paths.ts';

/** Makes docs/images/dashboard.png: the live view on a television and a phone, from one run of the tour on the simulator. */
const OUT = path.join(ROOT, 'docs/images/dashboard.png');
const TOUR_TIMEOUT_MS = 90_000;

const companion = await startCompanionProcess({ flags: ['--scenario', 'tour', '--seed', '1', '--mass-kg', '72'] });
const browser = await launchBrowser();
try {
  const television = await openInUse(browser, companion.url, { width: 1280, height: 720 });
  const phone = await openInUse(browser, companion.url, { width: 390, height: 844 });
  const slowDown = await pictureWhen(phone, 'html[data-tone=caution] h1:text-is("Slow down")');
  await television.locator('h1:text-is("Move on")').waitFor({ timeout: TOUR_TIMEOUT_MS });
  const goodPace = await pictureWhen(television, 'html[data-tone=good] h1:text-is("Good pace")');
  await mkdir(path.dirname(OUT), { recursive: true });
  await compose(browser, { wide: goodPace, upright: slowDown });
} finally {
  await browser.close();
  await companion.stop();
}

/** A page whose sound has been turned on, as it is in use. */
async function openInUse(from: Browser, url: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await openPage(from, { viewport, deviceScaleFactor: 2 });
  await page.goto(url);
  await page.locator('[data-sound-button]').click();
  return page;
}

async function pictureWhen(page: Page, state: string): Promise<string> {
  await page.locator(state).waitFor({ timeout: TOUR_TIMEOUT_MS });
  return (await page.screenshot()).toString('base64');
}

async function compose(from: Browser, { wide, upright }: { readonly wide: string; readonly upright: string }): Promise<void> {
  const page = await openPage(from, { viewport: { width: 1600, height: 800 }, deviceScaleFactor: 1.25 });
  await page.setContent(`
    <style>
      body { margin: 0; height: 800px; display: flex; align-items: center; justify-content: center; gap: 44px; background: #e9edf0; }
      img { display: block; border: 10px solid #101418; box-shadow: 0 18px 50px rgb(16 20 24 / 0.28); }
      .wide { height: 620px; border-radius: 18px; }
      .upright { height: 700px; border-radius: 40px; }
    </style>
    <img class="wide" alt="" src="data:image/png;base64,${wide}">
    <img class="upright" alt="" src="data:image/png;base64,${upright}">`);
  await page.screenshot({ path: OUT });
}
