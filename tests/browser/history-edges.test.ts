import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Imported } from '../../src/server/api/schemas.ts';
import { startCompanionProcess } from '../support/companion-process.ts';
import { axeFinds } from './support/axe.ts';
import { setCompanionStage } from './support/companion-stage.ts';
import { simulateTo, type Simulation } from './support/recordings.ts';
import { SIZES } from './support/sizes.ts';

const LONG = 'Maximiliane Charlotte von Hohenberg-Schillingsfürst zu Waldenburg';
const RIGHT_TO_LEFT = 'ليلى الحسيني';

/** A household of which the history holds two sessions: one in which nobody was on the roller, and one that was rolled. */
const stage = setCompanionStage({ flags: () => ['--scenario', 'tour', '--seed', '1'], viewport: SIZES.phone });
let page: Page;
let still: string;
let rolled: string;

beforeAll(async () => {
  ({ page } = stage);
  for (const name of [LONG, RIGHT_TO_LEFT]) await post('people', JSON.stringify({ name, massKg: 66.5 }), 'application/json');
  still = await keep('still.mcap', { scenario: 'tour', seconds: 2 });
  rolled = await keep('rolled.mcap', { scenario: 's03', seconds: 40 });
});

async function post<T>(route: string, body: string | Buffer<ArrayBuffer>, type: string): Promise<T> {
  const response = await fetch(new URL(`api/v1/${route}`, stage.companion.url), { method: 'POST', body, headers: { 'content-type': type } });
  expect(response.status).toBe(201);
  return (await response.json()) as T;
}
async function keep(name: string, simulation: Simulation): Promise<string> {
  const file = await simulateTo(path.join(stage.folder, name), simulation);
  const { session } = await post<Imported>('sessions/import', await readFile(file), 'application/octet-stream');
  return session.id;
}

/** Begins anew at a place of the history. */
async function open(place: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(new URL(`#history${place}`, stage.companion.url).href);
}
const openPlot = async (): Promise<void> => {
  await open(`/session/${rolled}`);
  await page.locator('.speed-plot svg').waitFor();
};
const middleOf = async (part: string): Promise<number> => {
  const box = (await page.locator(part).boundingBox())!;
  return box.x + box.width / 2;
};

describe('names', () => {
  test.each(Object.entries(SIZES))('of any length fit a %s', async (_size, viewport) => {
    await page.setViewportSize(viewport);
    for (const [place, sign] of [['', '.row'], ['/trends', '.empty'], ['/library', '.known-people li'], [`/session/${rolled}`, '.notes']] as const) {
      await open(place);
      await page.locator(sign).first().waitFor();
      const beyond = await page.locator('.history *').evaluateAll((parts, width) =>
        parts.filter((part) => part.getBoundingClientRect().right > width + 0.5).map((part) => part.outerHTML), viewport.width);
      expect(beyond, place).toEqual([]);
    }
  });

  test('that are written from right to left leave the weight behind them whole', async () => {
    await open('/library');
    const person = page.locator('.known-people li', { hasText: RIGHT_TO_LEFT });
    expect(await person.innerText()).toContain('66.5 kg');
    const name = (await person.locator('bdi').boundingBox())!;
    const mass = (await person.locator('.soft').boundingBox())!;
    expect(mass.x).toBeGreaterThanOrEqual(name.x + name.width);
  });
});

describe('a session', () => {
  test('without contact says so and draws nothing', async () => {
    await open(`/session/${still}`);
    await page.getByText('No contact: there is no speed to draw.').waitFor();
    expect(await page.locator('.speed-plot').count()).toBe(0);
    expect(await axeFinds(page, ['skip-link'])).toEqual([]);
  });

  test.each(['phone', 'television'] as const)('is read by a tap on its plot, with the handle below the moment, on a %s', async (size) => {
    await page.setViewportSize(SIZES[size]);
    await openPlot();
    const plot = page.locator('.speed-plot svg');
    await plot.click({ position: { x: (await plot.boundingBox())!.width * 0.6, y: 100 } });
    const { x, width } = (await plot.boundingBox())!;
    await page.locator('.speed-moment', { hasText: /^0:2\d · \d+\.\d cm\/s · Quadriceps · left/ }).waitFor();
    const handle = page.locator('.speed-handle');
    const thumbPx = await handle.evaluate((input) => {
      const { parentElement, ownerDocument } = input;
      const probe = parentElement.appendChild(ownerDocument.createElement('i'));
      probe.style.cssText = `position: absolute; width: ${ownerDocument.defaultView.getComputedStyle(input).getPropertyValue('--thumb')}`;
      const px: number = probe.getBoundingClientRect().width;
      probe.remove();
      return px;
    });
    const share = await handle.evaluate((input) => input.value / input.max);
    const track = (await handle.boundingBox())!;
    expect(track.x + thumbPx / 2 + share * (track.width - thumbPx)).toBeCloseTo(await middleOf('.plot-at'), -1);
    expect(await middleOf('.plot-at')).toBeCloseTo(x + width * 0.6, -1);
  });

  test('gives the focus back to its row when one goes back by keyboard', async () => {
    await open('');
    await page.locator('.row-link').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('h1:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.row-link:focus').waitFor();
    expect(await page.locator('.row-link:focus').getAttribute('href')).toBe(await page.locator('.row-link').first().getAttribute('href'));
  });
});

test('when the companion is gone what was seen stays; when it is back, what was asked in vain comes by itself', async () => {
  await open('');
  await page.locator('.row').first().waitFor();
  const rows = await page.locator('.row').count();
  await stage.companion.interrupt();
  await page.locator('.live-bar:has-text("Offline")').waitFor();
  expect(await page.locator('.row').count()).toBe(rows);
  await page.locator(`.row-link[href$="${rolled}"]`).click();
  await page.getByText('The companion does not answer').waitFor();
  const { port } = new URL(stage.companion.url);
  const again = await startCompanionProcess({ flags: ['--data', stage.companion.data, '--port', port, '--scenario', 'tour'] });
  try {
    await page.locator('.speed-plot svg').waitFor({ timeout: 30_000 });
    expect(await page.locator('.problem').count()).toBe(0);
  } finally {
    await again.stop();
  }
});
