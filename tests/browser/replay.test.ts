import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from './support/axe.ts';
import { setCompanionStage } from './support/companion-stage.ts';
import { simulateTo } from './support/recordings.ts';
import { SIZES } from './support/sizes.ts';

/** Two minutes of the tour and one of another scenario, each with cues. */
const RECORDINGS = { a: { scenario: 'tour', seconds: 118 }, b: { scenario: 's03', seconds: 40 } };

const stage = setCompanionStage({
  prepare: (folder) => Promise.all(Object.entries(RECORDINGS).map(([name, simulation]) => simulateTo(path.join(folder, `${name}.mcap`), simulation))),
  flags: (folder) => ['--source', 'replay', '--recording', folder],
  viewport: SIZES.phone,
});
let page: Page;

beforeAll(async () => {
  ({ page } = stage);
  // What is spoken is written down; the page has a voice, though this browser may have none.
  await page.addInitScript('globalThis.spoken = []; speechSynthesis.speak = (utterance) => void spoken.push(utterance.text);');
  await page.goto(stage.companion.url);
  await page.locator('.transport').waitFor();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const slider = () => page.getByRole('slider', { name: 'Place in the recording' });
const spoken = (): Promise<string[]> => page.evaluate('spoken');

async function placeS(): Promise<number> {
  const [minutes = 0, seconds = 0] = (await page.getByTestId('place').innerText()).split(':').map(Number);
  return 60 * minutes + seconds;
}
async function expectPlace(fromS: number, toS: number): Promise<void> {
  await expect.poll(async () => {
    const atS = await placeS();
    return atS >= fromS && atS <= toS;
  }, { timeout: 10_000, message: `between ${fromS} and ${toS} s` }).toBe(true);
}

/** The whole path: a recording, its player, pipeline, hub, page. */
describe('a recording that is played', () => {
  test('says that it is one, runs, and has a mark of its own shape for each kind of cue', async () => {
    await page.locator('.banner:text-is("replay")').waitFor();
    expect(await page.title()).toMatch(/^Replay · /);
    const firstS = await placeS();
    await expect.poll(placeS, { timeout: 10_000 }).toBeGreaterThan(firstS);
    await expect.poll(() => page.locator('.mark').count(), { timeout: 10_000 }).toBeGreaterThan(3);
    expect(await page.locator('.mark').first().getAttribute('title')).toMatch(/^Slow down at 0:\d\d$/);
    const kinds = await page.locator('.mark svg').evaluateAll((marks) => marks.map((mark) => mark.dataset.kind));
    const outlines = await page.locator('.mark path').evaluateAll((paths) => paths.map((shape) => shape.getAttribute('d')));
    expect(new Set(outlines).size).toBe(new Set(kinds).size);
    expect(await page.getByRole('button', { name: 'STOP' }).count()).toBe(0);
  });

  test('is paused, moved and gone on with by buttons', async () => {
    await button('Pause').click();
    await button('Play').waitFor();
    const heldS = await placeS();
    await button('On 10 seconds').click();
    await expectPlace(heldS + 9, heldS + 11);
    await button('Back 10 seconds').click();
    await expectPlace(heldS - 1, heldS + 1);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
    await button('Play').click();
    await expectPlace(heldS + 5, 118);
    await button('Pause').click();
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('1');
    await button('Again and again').click();
    await page.locator('[aria-label="Again and again"][aria-pressed=true]').waitFor();
  });

  test('is moved by keys, from anywhere and on the slider, without leaving it', async () => {
    await page.keyboard.press('Home');
    await expectPlace(0, 0);
    await page.keyboard.press('ArrowRight');
    await expectPlace(10, 10);
    await slider().focus();
    await page.keyboard.press('ArrowRight');
    await expectPlace(15, 15);
    await page.keyboard.press('PageUp');
    await expectPlace(75, 75);
    expect(await slider().getAttribute('aria-valuetext')).toMatch(/^1:1[45] of 1:58$/);
    await page.keyboard.press('Space');
    await button('Pause').waitFor();
    await page.keyboard.press('Space');
    await button('Play').waitFor();
    expect(await slider().evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
    await slider().blur();
  });

  test('begins anew at each place: a key that is held asks for one after the other, and the service takes them', async () => {
    await page.keyboard.press('Home');
    await expectPlace(0, 0);
    for (let times = 0; times < 8; times++) await page.keyboard.press('ArrowRight');
    await expectPlace(80, 80);
    expect(await page.locator('.notice').count()).toBe(0);
  });

  test('speaks its cues as they come while it plays, and none while it jumps', async () => {
    await page.getByRole('button', { name: 'Sound is on' }).waitFor();
    await page.evaluate('spoken.length = 0');
    await page.keyboard.press('Home');
    await expectPlace(0, 0);
    await page.keyboard.press('Space');
    await button('Pause').waitFor();
    const marks = await page.locator('.mark').evaluateAll((all) => all.map(({ title }) => title));
    const [minutes = 0, seconds = 0] = marks[0]!.split(' at ')[1]!.split(':').map(Number);
    for (let times = 0; times < 8; times++) await page.keyboard.press('ArrowRight');
    await expectPlace(80, 84);
    await page.keyboard.press('Space');
    await button('Play').waitFor();
    expect(await spoken()).toEqual([]);
    await page.locator('.mark').first().click();
    await expectPlace(60 * minutes + seconds - 4, 60 * minutes + seconds - 2);
    await page.keyboard.press('Space');
    await expect.poll(spoken, { timeout: 12_000 }).toEqual(['Slow down']);
    await page.keyboard.press('Space');
  });

  test('goes on with the next file', async () => {
    await page.getByText('file 1 of 2').waitFor();
    await button('Next file').click();
    await page.getByText('file 2 of 2').waitFor();
    await page.locator('.scrub-time:text-is("0:40")').waitFor();
    expect(await button('Next file').isDisabled()).toBe(true);
  });

  test.each(Object.entries(SIZES))('fits a %s, with nothing for axe to find', async (_size, viewport) => {
    await page.setViewportSize(viewport);
    const beyond = await page.locator('.transport *').evaluateAll((parts, { width, height }) =>
      parts.filter((part) => {
        const box = part.getBoundingClientRect();
        return box.width > 0 && (box.left < -0.5 || box.right > width + 0.5 || box.bottom > height + 0.5);
      }).map((part) => part.outerHTML), viewport);
    expect(beyond).toEqual([]);
    expect(await page.locator('.banner').first().isVisible()).toBe(true);
    expect(await axeFinds(page)).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});
