import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from './support/axe.ts';
import { setCompanionStage } from './support/companion-stage.ts';
import { simulateTo } from './support/recordings.ts';

const PHONE = { width: 360, height: 740 };
const SIZES = [PHONE, { width: 834, height: 1112 }, { width: 1920, height: 1080 }];

/** The real service on a data folder of its own, reached as from another device: with a token. */
const stage = setCompanionStage({
  flags: () => ['--host', '0.0.0.0', '--scenario', 's03', '--seed', '1'],
  viewport: PHONE,
  locale: 'de-DE',
  timezoneId: 'Europe/Berlin',
});
let page: Page;

beforeAll(async () => {
  ({ page } = stage);
  const address = new URL(stage.companion.url);
  address.hostname = '127.0.0.1';
  address.hash = 'history';
  await page.goto(address.href);
});

async function expectWellMade(): Promise<void> {
  // What stands behind `#` is a place of its own here; axe takes a link to it for one that skips.
  expect(await axeFinds(page, ['skip-link'])).toEqual([]);
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    const beyond = await page.locator('.history-main').evaluate((main) => main.scrollWidth - main.clientWidth);
    expect(beyond, `at ${viewport.width} px`).toBe(0);
  }
  await page.setViewportSize(PHONE);
}

const tab = (name: string) => page.getByRole('navigation', { name: 'History' }).getByRole('link', { name });
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

describe('while it is rolled', () => {
  test('tells how to get a first session', async () => {
    await page.getByText('Nothing is kept yet').waitFor();
    await page.getByText('smart-roller --data DIR').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await expectWellMade();
  });

  test('the bar tells what to do now; Space is no STOP here, the button is', async () => {
    await page.locator('.live-bar[data-tone=caution]:has-text("Slow down")').waitFor({ timeout: 40_000 });
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'STOP' }).click();
    await page.locator('.live-bar:has-text("Finished")').waitFor();
  });

  test('what has just been rolled is in the list by itself', async () => {
    await page.locator('.row').getByText('Quadriceps · left').waitFor();
    expect(await page.locator('.day h2').innerText()).toBe('Heute');
  });

  test('tells the trends of one week as what they are', async () => {
    await tab('Trends').click();
    await heading('Trends').waitFor();
    await page.getByText('1 week with data: too few for a trend').first().waitFor();
    expect(await page.locator('.trend-line').count()).toBe(0);
    await page.getByText('The numbers').click();
    expect(await page.locator('.numbers').innerText()).toMatch(/n 1/);
    await expectWellMade();
  });
});

describe('a recording made elsewhere', () => {
  test('takes in a recording, refuses what is none in words, and says where one is there already', async () => {
    const recording = await simulateTo(path.join(stage.folder, 'good.mcap'), { scenario: 's03' });
    const log = path.join(stage.folder, 'log.csv');
    await writeFile(log, 't_s,gyro_x_dps\n0,1\n');
    await tab('Library').click();
    await page.getByLabel('Choose files').setInputFiles([recording, log, recording]);
    await page.getByText('Taken in:').waitFor();
    await page.getByText('Was there already:').waitFor();
    await page.locator('.taken').getByText('E_NOT_A_RECORDING').waitFor();
    await page.getByText('smart-roller import LOG.csv').waitFor();
    await page.getByText('2 sessions', { exact: true }).waitFor();
    await expectWellMade();
  });

  test('lists it, by the dates and numbers of the person', async () => {
    await tab('Sessions').click();
    // The list that was there is shown at once, and asked for anew meanwhile.
    const day = page.locator('.day', { has: page.getByRole('heading', { name: 'Mittwoch, 1. Januar 2025' }) });
    await day.waitFor();
    const row = day.locator('.row');
    await row.getByText('Quadriceps · left').waitFor();
    expect(await row.innerText()).toMatch(/simulated/);
    expect(await row.locator('.row-time').innerText()).toBe('01:00');
    await row.getByRole('button', { name: 'Star', pressed: false }).click();
    await row.getByRole('button', { name: 'Star', pressed: true }).waitFor();
    await expectWellMade();
  });

  test('shows it: what was done, the plot with what was said, the data', async () => {
    await page.locator('.row-link').last().click();
    await page.locator('.speed-plot svg').waitFor();
    await page.locator('.plot-letter').first().waitFor();
    await page.locator('h1:focus').waitFor();
    expect(await page.locator('.rolled-cards').innerText()).toMatch(/Speed[\s\S]+\d+,\d \/ \d+,\d cm\/s/);
    await page.getByRole('slider', { name: 'Moment of the session' }).fill('200');
    expect(await page.locator('.speed-moment').innerText()).toMatch(/^0:20 · \d+,\d cm\/s · Quadriceps · left/);
    await page.getByText('The data: good').waitFor();
    await page.getByText('Not a medical device').waitFor();
    await expectWellMade();
  });

  test('plays it again, and comes back to it', async () => {
    await page.getByRole('link', { name: 'Play it again' }).click();
    await page.locator('.transport').waitFor();
    await page.locator('.banner:text-is("replay")').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the history' }).click();
    await page.getByText('The data: good').waitFor();
  });

  test('plays what led to a cue', async () => {
    await page.getByText('cues with time').click();
    await expectWellMade();
    const link = page.locator('.cues .play-from').last();
    const [minutes = 0, seconds = 0] = (await link.innerText()).split(':').map(Number);
    await link.click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const place = page.getByTestId('place');
    await expect.poll(async () => Number((await place.innerText()).split(':')[1])).toBeGreaterThanOrEqual(60 * minutes + seconds - 6);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(new URL(page.url()).search).toMatch(/^\?session=[\da-f-]{36}$/);
    await page.keyboard.press('h');
    await page.getByText('The data: good').waitFor();
  });

  test('keeps a name and a note', async () => {
    await page.getByLabel('Name', { exact: true }).fill('After the run');
    await page.getByLabel('Note').fill('Knee is fine. STOP? no');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await heading('After the run').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('Knee is fine. STOP? no');
  });

  test('takes it out: a report beside the page, files with their names', async () => {
    const [report] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Report to print' }).click()]);
    await report.getByRole('heading', { level: 1 }).waitFor();
    await report.close();
    for (const [name, file] of [['FIT', /\.fit$/], ['CSV', /\.csv$/], ['Recording', /\.mcap$/]] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
      expect(download.suggestedFilename()).toMatch(file);
      expect(await download.failure()).toBeNull();
    }
  });

  test('deletes it only when that was meant, and says what went', async () => {
    await tab('Sessions').click();
    await page.locator('.row-link').last().click();
    await page.getByRole('button', { name: 'Delete this session' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this session?' });
    expect(await dialog.innerText()).toMatch(/summary and 3 cues, and your note[\s\S]*\.mcap, \d+ kB/);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Keep it');
    await expectWellMade();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete this session' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.locator('.history-notice', { hasText: /^Deleted, with its recording of \d+ kB$/ }).waitFor();
    await expect.poll(() => page.locator('.row').count()).toBe(1);
  });

  test('and one goes back to it', async () => {
    await page.getByRole('button', { name: /^Back to rolling/ }).click();
    await page.locator('.ended h1:text-is("Finished")').waitFor();
    expect(new URL(page.url()).hash).toBe('');
  });

  test('nothing complained but what was refused on purpose', () => {
    expect(stage.complaints.filter((text) => !text.includes('422'))).toEqual([]);
  });
});
