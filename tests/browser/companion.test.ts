import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ROOT } from '../support/paths.ts';
import { setCompanionStage } from './support/companion-stage.ts';
import { SIZES } from './support/sizes.ts';

/** Pictures of the run, to be looked at. */
const PICTURES = path.join(ROOT, 'coverage/pictures');

const stage = setCompanionStage({ flags: () => ['--scenario', 'too-fast', '--seed', '1'], viewport: SIZES.laptop });
beforeAll(() => mkdir(PICTURES, { recursive: true }));

/** The whole path: virtual roller, software radio, noble, pipeline, hub, page. */
test('the simulated person rolls too fast, is told to slow down, does, and sees that it is good', async () => {
  const { page, complaints } = stage;
  await page.goto(stage.companion.url);
  await page.locator('.banner:text-is("simulated")').waitFor();

  const speeds = new Set<string>();
  await expect.poll(async () => speeds.add(await page.getByTestId('speed').innerText()).size, { timeout: 20_000 }).toBeGreaterThan(4);

  await page.locator('html[data-tone=caution] h1:text-is("Slow down")').waitFor({ timeout: 40_000 });
  await page.screenshot({ path: path.join(PICTURES, 'slow-down.png') });
  expect(await page.locator('.reason').innerText()).toBe('Gives the muscle time to loosen up');

  await page.locator('html[data-tone=good] h1:has-text("Good")').waitFor({ timeout: 40_000 });
  await expect.poll(() => page.locator('h1').innerText(), { timeout: 20_000 }).toBe('Good pace');
  await page.screenshot({ path: path.join(PICTURES, 'good-pace.png') });
  expect(Number(await page.getByTestId('dose').innerText())).toBeGreaterThan(5);
  expect(complaints).toEqual([]);
});

test('STOP ends the session and shows what was rolled', async () => {
  const { page } = stage;
  await page.getByRole('button', { name: 'STOP' }).click();
  await page.locator('.ended h1:text-is("Finished")').waitFor();
  expect(await page.locator('.ended-list li').first().innerText()).toMatch(/Hamstrings · left\s+\d+ s/);
  await page.screenshot({ path: path.join(PICTURES, 'finished.png') });
});

test('pain of 8 stops the session until it is confirmed', async () => {
  const { page } = stage;
  await page.getByRole('button', { name: 'Roll again' }).click();
  await page.getByRole('button', { name: 'Pain' }).click();
  await page.getByRole('button', { name: '8, stop' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Stop rolling' });
  await dialog.waitFor();
  await page.getByRole('button', { name: 'I have stopped' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('h1:text-is("Paused")').waitFor();
});
