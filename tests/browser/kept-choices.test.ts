import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from './support/browser.ts';
import { startFakeHub, type FakeHub } from './support/fake-hub.ts';
import { POSES, type Pose } from './support/poses.ts';

let browser: Browser;
let hub: FakeHub;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await startFakeHub(POSES.good);
});
beforeEach(async () => {
  hub.heard.length = 0;
  hub.pose(POSES.good);
  page = await openPage(browser);
  await page.goto(hub.url);
  await page.locator('[data-testid=speed]').waitFor();
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await hub.close();
});

const profiles = (): unknown[] => hub.heard.filter(({ type }) => type === 'profile');

/** The companion is started anew while the page is away: a session of its own, which knows nothing of the one before. */
async function restart(pose: Pose, id: string): Promise<void> {
  await page.goto('about:blank');
  await expect.poll(() => hub.pages()).toBe(0);
  hub.pose({ ...pose, session: { ...pose.session, id } });
  await open();
}

/** The page comes anew, and all that it says at once has been said. */
async function open(): Promise<void> {
  hub.heard.length = 0;
  await page.goto(hub.url);
  await page.locator('[data-testid=speed]').waitFor();
  await page.keyboard.press('p');
  await expect.poll(() => hub.heard.some(({ type }) => type === 'pause' || type === 'playback')).toBe(true);
}

async function chooseRhythm(): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'By a beat' }).check({ force: true });
  await expect.poll(profiles).toEqual([{ type: 'profile', profile: 'rhythm' }]);
}

describe('to roll by rhythm', () => {
  test('is said again to a companion that was restarted, once', async () => {
    await chooseRhythm();
    await restart(POSES.good, 's2');
    expect(profiles()).toEqual([{ type: 'profile', profile: 'rhythm' }]);
    await open();
    expect(profiles(), 'somebody may have chosen otherwise since').toEqual([]);
  });

  test('is not said to a recording, nor where it is so, nor by a page that never chose it', async () => {
    await chooseRhythm();
    await restart(POSES.replay, 's3');
    expect(profiles()).toEqual([]);
    await restart(POSES.rhythm, 's4');
    expect(profiles()).toEqual([]);
    await page.close();
    page = await openPage(browser);
    await restart(POSES.good, 's5');
    expect(profiles()).toEqual([]);
  });
});

describe('sound', () => {
  test('that was turned off stays off, whatever is tapped', async () => {
    await page.getByRole('button', { name: 'Turn sound on' }).click();
    await page.getByRole('button', { name: 'Sound is on' }).click();
    await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Turn sound on' }).waitFor();
  });

  test('that was on is on again: at once where the browser allows it, else with the first tap anywhere', async () => {
    await page.getByRole('button', { name: 'Turn sound on' }).click();
    await page.getByRole('button', { name: 'Sound is on' }).waitFor();
    await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Sound is on' }).waitFor();
  });
});
