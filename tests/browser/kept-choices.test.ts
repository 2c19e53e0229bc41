import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPage } from './support/browser.ts';
import { POSES, type Pose } from './support/poses.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
/** Of somebody who comes for the first time. */
let page: Page;

beforeEach(async () => {
  stage.hub.pose(POSES.good);
  page = await openPage(stage.browser);
  await page.goto(stage.hub.url);
  await page.locator('[data-testid=speed]').waitFor();
});
afterEach(() => page.close());

const profiles = (): unknown[] => stage.hub.heard.filter(({ type }) => type === 'profile');

/** The companion is started anew while the page is away: a session of its own, which knows nothing of the one before. */
async function restart(pose: Pose, id: string): Promise<void> {
  await page.goto('about:blank');
  await expect.poll(() => stage.hub.pages()).toBe(0);
  stage.hub.pose({ ...pose, session: { ...pose.session, id } });
  await open();
}

/** The page comes anew, and all that it says at once has been said. */
async function open(): Promise<void> {
  stage.hub.heard.length = 0;
  await page.goto(stage.hub.url);
  await page.locator('[data-testid=speed]').waitFor();
  await page.keyboard.press('p');
  await expect.poll(() => stage.hub.heard.some(({ type }) => type === 'pause' || type === 'playback')).toBe(true);
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
    page = await openPage(stage.browser);
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
