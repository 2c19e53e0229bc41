import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { POSES, type PoseName } from './support/poses.ts';
import { SIZES } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

/** What the screen says in each state, and the colour family it says it in. */
const SHOWN: Readonly<Record<PoseName, readonly [tone: string, word: string]>> = {
  good: ['good', 'Good pace'],
  rolling: ['good', 'Good pace'],
  relieved: ['good', 'Good, keep that'],
  holding: ['good', 'Hold here'],
  rhythm: ['good', 'Good pace'],
  'second-set': ['good', 'Good pace'],
  resting: ['quiet', 'Rest'],
  rested: ['good', 'Next set'],
  'too-long-hint': ['hint', 'Move on soon'],
  brisk: ['hint', 'Fine'],
  'too-fast': ['caution', 'Slow down'],
  'too-fast-strong': ['strong', 'Slow down'],
  'too-long': ['caution', 'Move on'],
  'over-pressure': ['strong', 'Ease off'],
  'dose-goal': ['good', 'Done'],
  'dose-limit': ['caution', 'Done'],
  lifted: ['quiet', 'Take your time'],
  lats: ['good', 'Good hold'],
  'no-cells': ['good', 'Good pace'],
  'no-mass': ['good', 'Good pace'],
  comfort: ['good', 'Good pace'],
  'cell-stuck': ['good', 'Good pace'],
  'force-implausible': ['good', 'Good pace'],
  replay: ['good', 'Good pace'],
  idle: ['quiet', 'Choose a muscle'],
  ready: ['quiet', 'Ready'],
  paused: ['quiet', 'Paused'],
  lost: ['quiet', 'Roller lost'],
  'no-adapter': ['quiet', 'No link'],
  stale: ['quiet', 'No signal'],
  'safety-stop': ['strong', 'Stop'],
  'replay-paused': ['strong', 'Stop'],
  claimed: ['good', 'Good pace'],
  'not-recorded': ['caution', 'Slow down'],
  stopped: ['quiet', 'Finished'],
};

const AT_REST: ReadonlySet<PoseName> = new Set(['idle', 'no-adapter', 'stopped']);
/** There is nobody to stop, or it is not for this screen. */
const PLAYED: ReadonlySet<PoseName> = new Set(['replay', 'replay-paused', 'claimed']);

const stage = setStage();

const textOf = (page: Page, part: string): Promise<string> => page.locator(part).innerText();

describe('every state', () => {
  test.each(Object.keys(SHOWN) as PoseName[])('%s says one word in its colour, and fits every screen', async (name) => {
    const { page, show, complaints } = stage;
    const [tone, word] = SHOWN[name];
    await show(name);
    await page.locator(`html[data-tone="${tone}"] h1:text-is("${word}")`).waitFor();
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      expect(await overflowing(page), `${name} on a ${size}`).toEqual([]);
      if (!AT_REST.has(name) && !PLAYED.has(name)) await expectStopIsTheFloor(page, viewport);
    }
    expect(complaints).toEqual([]);
  });
});

describe('what is shown', () => {
  test('numbers of the snapshot: speed, dose, dwell, load, coverage', async () => {
    await stage.show('good');
    const { page } = stage;
    expect(await textOf(page, '[data-testid=speed]')).toBe('2.6');
    expect(await textOf(page, '[data-testid=dose]')).toBe('42');
    expect(await textOf(page, '[data-testid=dwell]')).toBe('4');
    expect(await textOf(page, '.load')).toMatch(/31\s+% of you/);
    expect(await textOf(page, '.path-labels')).toContain('71 % of 31 cm');
    await stage.show('holding');
    expect(await textOf(page, '.path-labels'), 'of the expected path').toContain('coverage 62 %');
    await stage.show('good');
    expect(await textOf(page, '.roller-line')).toMatch(/simulated\s+Virtual roller\s+linked\s+78 %/i);
    expect(await textOf(page, '.group-button')).toBe('Hamstrings · left');
  });

  test('which set of how many, and nothing of sets where there is one', async () => {
    await stage.show('second-set');
    expect(await textOf(stage.page, '.dose h2')).toBe('set 2 of 3');
    await stage.show('resting');
    expect(await textOf(stage.page, '.reason')).toBe('Set 2 of 2 in 24 s');
    await stage.show('good');
    expect(await stage.page.locator('.dose h2').count()).toBe(0);
  });

  test('load is told in kPa without a body mass, and not at all without cells', async () => {
    await stage.show('no-mass');
    expect(await textOf(stage.page, '.load')).toMatch(/36\s+kPa/);
    await stage.show('no-cells');
    expect(await stage.page.locator('.load').count()).toBe(0);
  });

  test('load of cells in counts is told against what the person finds comfortable, with its limit', async () => {
    await stage.page.setViewportSize(SIZES.tablet);
    await stage.show('comfort');
    expect(await textOf(stage.page, '.load')).toMatch(/load\s+limit 130\s+104\s+%/);
    await stage.show('good');
    expect(await textOf(stage.page, '.load')).toMatch(/load\s+limit 60\s+31\s+% of you/);
  });

  test('a faulty sensor is told beside the number and in a sentence, and what it means', async () => {
    const { page, show } = stage;
    await show('cell-stuck');
    expect(await textOf(page, '.load')).toMatch(/31\s+% of you\s+a cell left out/);
    expect(await textOf(page, '.notice')).toBe('Cell 5: does not change while the roller turns, and is left out. Pressure is judged by the other cells.');
    await show('force-implausible');
    expect(await textOf(page, '.load')).toMatch(/–\s+not judged/);
    expect(await textOf(page, '.notice')).toMatch(/Pressure is not judged meanwhile/);
  });

  test('by rhythm no limit of speed is drawn, neither on the bar nor in the trace', async () => {
    const { page, show } = stage;
    await page.setViewportSize(SIZES.laptop);
    const inked = (): Promise<number> => page.locator('.trace canvas').evaluate((canvas) =>
      canvas.getContext('2d').getImageData(2, 0, 1, canvas.height).data.filter((value: number) => value > 0).length);
    await show('good');
    await expect.poll(inked).toBeGreaterThan(0);
    expect(await page.locator('.bar-limit').count()).toBe(1);
    await show('rhythm');
    await page.waitForFunction('document.querySelector(".trace canvas").width > 300');
    expect(await inked()).toBe(0);
    expect(await page.locator('.bar-limit').count()).toBe(0);
  });

  test('the dot stays on its strip, wherever one rolls while nothing counts', async () => {
    const { page, show } = stage;
    await show('paused');
    const { moment, ...rest } = POSES.paused;
    stage.hub.pose({ ...rest, moment: (elapsedS) => ({ ...moment(elapsedS), positionCm: 160 }) });
    await page.waitForFunction(`(() => {
      const [dot, strip] = ['.dot', '.strip'].map((part) => document.querySelector(part).getBoundingClientRect());
      return dot.x > strip.x + strip.width / 2 && dot.x + dot.width / 2 <= strip.right + 1;
    })()`);
  });

  test('the banner tells a simulation, a recording and the real thing apart', async () => {
    for (const [name, banner] of [['good', 'SIMULATED'], ['replay', 'REPLAY'], ['ready', 'LIVE']] as const) {
      await stage.show(name);
      expect(await textOf(stage.page, '.banner')).toBe(banner);
    }
  });

  test.each(Object.entries(SIZES))('news leaves in sight where the numbers come from, on a %s', async (_size, viewport) => {
    const { page, show } = stage;
    await page.setViewportSize(viewport);
    await show('not-recorded');
    const news = (await page.locator('.notice').boundingBox())!;
    const source = (await page.locator('.banner').boundingBox())!;
    const isBeside = news.x >= source.x + source.width || news.x + news.width <= source.x;
    const isBelow = news.y >= source.y + source.height;
    expect(isBeside || isBelow, JSON.stringify({ news, source })).toBe(true);
  });

  test('the marker stands where the speed is on the bar', async () => {
    const { page, show } = stage;
    for (const [name, speedCmS] of [['good', 2.6], ['too-fast', 13.8]] as const) {
      await show(name);
      const bar = (await page.locator('.bar').boundingBox())!;
      await page.locator('.bar-rail:visible').waitFor();
      const marker = (await page.locator('.bar-marker').boundingBox())!;
      const share = (marker.x + marker.width / 2 - bar.x) / bar.width;
      expect(share).toBeCloseTo(speedCmS / (1.6 * 12), 2);
    }
  });

  test('speed is told in inches when that was set, and stays so', async () => {
    const { page, show } = stage;
    await show('good');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'in/s' }).check();
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await textOf(page, '.speed-digits')).toMatch(/1\.0\s+in\/s/);
    expect(JSON.parse(await page.evaluate(`localStorage.getItem('smart-roller.settings')`))).toMatchObject({ units: 'in' });
    await page.evaluate('localStorage.clear()');
  });

  test('the summary tells each muscle and side, and how it stands to 30 to 90 s', async () => {
    await stage.show('stopped');
    const rows = await stage.page.locator('.ended-list li').allInnerTexts();
    expect(rows.map((row) => row.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'Hamstrings · left 64 s in range',
      'Hamstrings · right 22 s under 30 s',
      'Quadriceps · both sides 97 s over 90 s',
      'Hamstrings, left: one place had most of the time. Spread it over the muscle next time.',
      'Hamstrings: the right side had 42 s less than the other.',
    ]);
  });
});

/** Texts and buttons that stick out of the screen, and a page that could be scrolled; both must not be. */
const overflowing = (page: Page): Promise<string[]> =>
  page.locator('html').evaluate((html) => {
    const { ownerDocument: document } = html;
    const { innerWidth, innerHeight } = document.defaultView;
    const found: string[] = [];
    if (html.scrollHeight > innerHeight || html.scrollWidth > innerWidth) found.push('the page scrolls');
    for (const element of document.querySelectorAll('.screen :is(h1, h2, p, span, b, button, small)')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      const isInside = box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
      if (!isInside) found.push(`${element.className || element.tagName} "${element.textContent.slice(0, 20)}" sticks out`);
    }
    const reason = document.querySelector('.live .reason');
    if (reason && reason.scrollHeight > reason.clientHeight + 1) found.push('the reason is cut off');
    for (const plate of document.querySelectorAll('.live .plate')) {
      const around = plate.getBoundingClientRect();
      for (const element of plate.querySelectorAll('h2, p, b, span')) {
        const box = element.getBoundingClientRect();
        const overhang = Math.max(around.left - box.left, box.right - around.right, around.top - box.top, box.bottom - around.bottom);
        if (box.width > 0 && overhang > 1) found.push(`"${element.textContent}" leaves its plate by ${Math.round(overhang)} px`);
      }
    }
    return found;
  });

async function expectStopIsTheFloor(page: Page, viewport: { readonly width: number; readonly height: number }): Promise<void> {
  const stop = (await page.locator('.stop').boundingBox())!;
  expect(stop.height).toBeGreaterThanOrEqual(64);
  expect(stop.width).toBeGreaterThanOrEqual(0.4 * viewport.width);
  expect(stop.y + stop.height).toBeGreaterThan(0.93 * viewport.height);
}
