import { describe, expect, test } from 'vitest';
import type { CalibrationMessage, RollerView } from '../../src/server/wire.ts';
import { POSES, type PoseName } from './support/poses.ts';
import { SIZES } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

const stage = setStage({ viewport: SIZES.phone });

const sheet = () => stage.page.getByRole('dialog', { name: 'Calibrate' });
const step = (name: string) => sheet().getByRole('listitem').filter({ has: stage.page.getByRole('heading', { name }) });

/** Opens the sheet in a state, as a person does. */
async function open(name: PoseName): Promise<void> {
  await stage.show(name);
  await stage.page.getByRole('button', { name: 'Calibrate' }).click();
  await sheet().waitFor();
}

const news = (parts: Pick<CalibrationMessage, 'step' | 'phase'> & Partial<CalibrationMessage>): void =>
  stage.hub.send({ type: 'calibration', progress: 0, value: null, unusual: false, reason: null, ...parts });

const keeping = (calibrated: RollerView['calibrated'], more: Partial<RollerView> = {}): void => {
  const { hello } = POSES.good;
  stage.hub.send({ ...hello, rollers: hello.rollers.map((roller) => ({ ...roller, calibrated, ...more })) });
};

describe('calibrating', () => {
  test('each step says what to do, begins with a tap and is cancelled with another', async () => {
    await open('good');
    expect(await sheet().getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['Zero', 'Full weight', 'Marked 50 cm']);
    await step('Marked 50 cm').getByRole('button', { name: 'Start' }).click();
    await expect.poll(stage.said).toEqual([{ type: 'calibrate', step: 'distance' }]);
    news({ step: 'distance', phase: 'measuring' });
    await step('Marked 50 cm').getByText('Hold still at the first mark, then roll').waitFor();
    news({ step: 'distance', phase: 'measuring', progress: 0.45 });
    await step('Marked 50 cm').getByText('On to the second mark').waitFor();
    expect(await sheet().getByRole('progressbar').evaluate((bar) => bar.value)).toBe(0.45);
    await sheet().getByRole('button', { name: 'Cancel: Marked 50 cm' }).click();
    await expect.poll(stage.said).toEqual([{ type: 'calibrate', step: 'distance' }, { type: 'calibrate', step: null }]);
    news({ step: 'distance', phase: 'cancelled' });
    await step('Marked 50 cm').getByText('Cancelled. Nothing was changed.').waitFor();
  });

  test('the weight is asked for where it is needed, and told before the step', async () => {
    await open('good');
    await step('Full weight').getByRole('spinbutton', { name: 'Your weight' }).fill('81.5');
    await step('Full weight').getByRole('button').click();
    await expect.poll(stage.said).toEqual([{ type: 'mass', massKg: 81.5 }, { type: 'calibrate', step: 'weight' }]);
  });

  test('results come with their unit, what is unusual and what was refused in words, aloud and seen', async () => {
    await open('good');
    news({ step: 'distance', phase: 'done', progress: 1, value: 7.06, unusual: true });
    const result = 'Done: effective radius 7.06 cm. That is unusual, and worth doing again.';
    await step('Marked 50 cm').getByText(result).waitFor();
    await sheet().locator(`[role=status]:has-text("${result}")`).waitFor({ state: 'attached' });
    news({ step: 'weight', phase: 'refused', reason: 'implausible', value: 2.52 });
    const refusal = 'check your weight, or the marks, and try again. Found: factor 2.52 on the force. Nothing was changed.';
    await step('Full weight').getByText(refusal).waitFor();
    await sheet().locator(`[role=status]:has-text("${refusal}")`).waitFor({ state: 'attached' });
  });

  test('what is kept of the roller, and since when', async () => {
    await open('good');
    expect(await sheet().getByText('Kept').count()).toBe(0);
    keeping({ distance: { value: 7.06, sinceUtc: '2026-05-03T12:30:00.000Z' } }, { radiusCm: 7.06, nominalRadiusCm: 7.5 });
    await step('Marked 50 cm').getByText('Kept: effective radius 7.06 cm, since 3 May 2026').waitFor();
    await sheet().getByText('radius 7.06 cm, 7.50 cm by its maker').waitFor();
  });

  test('only steps that make sense for the roller; what is wrong with it', async () => {
    await open('comfort');
    expect(await sheet().getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['Zero', 'Marked 50 cm', 'Comfortable']);
    await sheet().getByRole('button', { name: 'Start: Comfortable' }).click();
    await expect.poll(stage.said).toEqual([{ type: 'calibrate', step: 'comfort' }]);
    await open('no-cells');
    expect(await sheet().getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['Marked 50 cm']);
    await open('cell-stuck');
    await sheet().getByText('Pressure is judged by the other cells.').waitFor();
  });

  test('by keyboard: C opens it, Escape closes it and ends the step under way', async () => {
    const { page, show } = stage;
    await show('good');
    await page.keyboard.press('c');
    await sheet().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(stage.said).toEqual([{ type: 'calibrate', step: 'tare' }]);
    news({ step: 'tare', phase: 'measuring' });
    await sheet().getByRole('button', { name: 'Cancel: Zero' }).waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")'), 'the focus stays').toBe('Cancel: Zero');
    await page.keyboard.press('Escape');
    await expect.poll(stage.said).toEqual([{ type: 'calibrate', step: 'tare' }, { type: 'calibrate', step: null }]);
    await sheet().waitFor({ state: 'detached' });
  });

  test.each(Object.entries(SIZES))('on a %s nothing is cut off at its side', async (_size, viewport) => {
    await stage.page.setViewportSize(viewport);
    await open('cell-stuck');
    news({ step: 'weight', phase: 'refused', reason: 'implausible', value: 2.52 });
    news({ step: 'distance', phase: 'measuring', progress: 0.5 });
    await sheet().getByRole('progressbar').waitFor();
    expect(await sheet().evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
    const beyond = await sheet().locator('.sheet-body *').evaluateAll((parts, width) =>
      parts.filter((part) => part.getBoundingClientRect().right > width + 0.5).map((part) => part.outerHTML), viewport.width);
    expect(beyond).toEqual([]);
  });
});
