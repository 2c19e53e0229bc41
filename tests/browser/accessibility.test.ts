import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { measureTextContrast } from './support/painted-text.ts';
import { POSES, type PoseName } from './support/poses.ts';
import { SIZES } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

const stage = setStage({ viewport: SIZES.phone });
let painter: Page;

beforeAll(async () => {
  painter = await openPage(stage.browser);
});

/** How a person gets to each sheet from the live view. */
const SHEETS = { chooser: '.group-button', pain: '.side:last-child', settings: '[aria-label=Settings]', calibrate: '.roller-button', rollers: 'r' } as const;

/** A part of the page is tapped, a letter is a key. */
async function openBy(page: Page, opener: string): Promise<void> {
  await (opener.length === 1 ? page.keyboard.press(opener) : page.locator(opener).click());
  await page.locator('.sheet').waitFor();
}

async function weakTexts(page: Page): Promise<string[]> {
  const measured = await measureTextContrast(page, painter);
  expect(measured.length).toBeGreaterThanOrEqual(4);
  return measured.filter(({ ratio }) => ratio < 4.5).map(({ text, ratio }) => `"${text}" ${ratio.toFixed(2)}`);
}

describe('every state', () => {
  test.each(Object.keys(POSES) as PoseName[])('%s: axe finds nothing, every text has 4.5:1', async (name) => {
    const { page, show } = stage;
    await show(name);
    expect(await axeFinds(page)).toEqual([]);
    for (const size of ['phone', 'laptop'] as const) {
      await page.setViewportSize(SIZES[size]);
      expect(await weakTexts(page), size).toEqual([]);
    }
  });

  test.each(Object.entries(SHEETS))('the %s sheet likewise', async (_name, opener) => {
    const { page, show } = stage;
    await page.setViewportSize(SIZES.phone);
    await show('good');
    await openBy(page, opener);
    expect(await axeFinds(page)).toEqual([]);
    expect(await weakTexts(page)).toEqual([]);
  });

  test('a text too faint for its ground is found', async () => {
    const { page, show } = stage;
    await show('good');
    await page.locator('.reason').evaluate((element) => void (element.style.color = '#3f7fa8'));
    expect(await weakTexts(page)).toEqual([expect.stringMatching(/^"Breathe, let it soften" [123]\./)]);
  });
});

describe('targets', () => {
  test('are at least 24 px each way, in the live view and in every sheet', async () => {
    const { page, show } = stage;
    await page.setViewportSize(SIZES['small phone']);
    await show('good');
    const targets = page.locator(
      'button, summary, label.tile, label.choice, label.switch, input[type=range], input[type=number]',
    );
    const small = (): Promise<string[]> =>
      targets.evaluateAll((found) => found.filter((target) => {
        const { width, height } = target.getBoundingClientRect();
        return width < 24 || height < 24;
      }).map((target) => target.outerHTML));
    expect(await small()).toEqual([]);
    for (const opener of Object.values(SHEETS)) {
      await openBy(page, opener);
      expect(await small()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('.sheet').waitFor({ state: 'detached' });
    }
  });
});

describe('live regions', () => {
  test('stand empty in the page before anything is said, and never carry running numbers', async () => {
    const html = await (await fetch(stage.hub.url)).text();
    expect(html).toMatch(/<div id="status"[^>]*role="status"[^>]*><\/div>/);
    expect(html).toMatch(/<div id="alert"[^>]*role="alert"[^>]*><\/div>/);
    await stage.show('rolling');
    const liveness = stage.page.locator('[aria-live]:has([data-testid=speed])');
    expect(await liveness.getAttribute('aria-live')).toBe('off');
  });

  test('a cue is announced politely, and only a safety stop as an alert', async () => {
    const { page, show } = stage;
    await show('too-fast');
    await page.locator('#status:has-text("Slow down. Gives the muscle time to loosen up.")').waitFor({ state: 'attached' });
    expect(await page.locator('#alert').textContent()).toBe('');
    await show('safety-stop');
    await page.locator('#alert:has-text("Stop rolling")').waitFor({ state: 'attached' });
  });

  test('the S key says how it goes', async () => {
    const { page, show } = stage;
    await show('good');
    await page.keyboard.press('s');
    await page.locator('#status:has-text("2.6 centimetres a second. 42 of 60 seconds. 4 on this spot.")').waitFor({ state: 'attached' });
  });
});

test('the page says its language', async () => {
  await stage.show('good');
  expect(await stage.page.locator('html').getAttribute('lang')).toBe('en');
});
