import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { setCompanionStage } from './support/companion-stage.ts';
import { SIZES } from './support/sizes.ts';

const stage = setCompanionStage({ flags: () => ['--rollers', '2', '--scenario', 'tour', '--seed', '1'], viewport: SIZES.phone });
/** Two screens of one household. */
let ours: Page;
let theirs: Page;

beforeAll(async () => {
  ours = stage.page;
  theirs = await openPage(stage.browser, { viewport: SIZES.tablet });
  for (const page of [ours, theirs]) {
    await page.goto(stage.companion.url);
    await page.getByTestId('speed').waitFor();
  }
});

const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'Rollers' });
const openSheet = async (page: Page): Promise<void> => {
  if (await sheetOf(page).count() === 0) await page.keyboard.press('r');
  await sheetOf(page).waitFor();
};
const onScreen = (page: Page): Promise<string> => page.locator('.roller-name').innerText();

describe('with several rollers', () => {
  test('the sheet tells how each is; another one is shown with a tap, and again after a reload', async () => {
    await openSheet(ours);
    await expect.poll(() => sheetOf(ours).getByRole('listitem').count(), { timeout: 20_000 }).toBe(2);
    const other = sheetOf(ours).getByRole('listitem').nth(1);
    const name = await other.getByRole('heading').innerText();
    await expect.poll(() => other.innerText(), { timeout: 10_000 }).toMatch(/Place 2\s+linked, \w+\s+signal (strong|good|fair)\s+battery \d+ %/);
    expect(await axeFinds(ours)).toEqual([]);
    await other.getByRole('button', { name: `Show ${name} on this screen` }).click();
    await other.getByText('on this screen', { exact: true }).waitFor();
    expect(await onScreen(ours)).toBe(name);
    expect(await onScreen(theirs)).not.toBe(name);
    await ours.reload();
    await ours.locator('.roller-name', { hasText: name }).waitFor();
    expect(new URL(ours.url()).searchParams.get('roller')).toMatch(/^[0-9a-f]{16}$/);
  });

  test('one screen may have it to itself: the others are told, are left without commands, and pain is heard', async () => {
    await theirs.goto(ours.url());
    await theirs.getByRole('button', { name: 'STOP' }).waitFor();
    await openSheet(ours);
    await sheetOf(ours).getByRole('textbox', { name: 'This screen is called' }).fill("Ada's phone");
    await sheetOf(ours).getByRole('switch', { name: /^Only this screen commands/ }).click();
    await sheetOf(ours).getByText('Only this screen commands this roller.').waitFor();
    await theirs.getByText("Ada's phone has this roller to itself.").waitFor();
    expect(await theirs.getByRole('button', { name: 'STOP' }).count()).toBe(0);
    expect(await theirs.getByRole('button', { name: /^Muscle/ }).isDisabled()).toBe(true);
    await theirs.keyboard.press('p');
    await theirs.locator('.notice', { hasText: "Ada's phone has this roller to themselves" }).waitFor();
    await theirs.getByRole('button', { name: 'Pain' }).waitFor();
  });

  test('the claim is taken up again after a reload, and ends when it is given up', async () => {
    await ours.reload();
    await openSheet(ours);
    await sheetOf(ours).getByText('Only this screen commands this roller.').waitFor();
    expect(await sheetOf(ours).getByRole('textbox', { name: 'This screen is called' }).inputValue()).toBe("Ada's phone");
    await sheetOf(ours).getByRole('switch', { name: /^Only this screen commands/ }).click();
    await theirs.getByRole('button', { name: 'STOP' }).waitFor();
  });

  test('looking around finds nobody else where all are taken; the roller that is watched shows itself', async () => {
    await sheetOf(ours).getByRole('button', { name: 'Look around' }).click();
    await sheetOf(ours).getByText('Nobody else is in the air.').waitFor({ timeout: 20_000 });
    await sheetOf(ours).getByRole('button', { name: 'Let it show itself' }).click();
    expect(await sheetOf(ours).getByRole('button', { name: 'Let it show itself' }).count()).toBe(1);
    await ours.keyboard.press('Escape');
  });

  test('a screen that asks for a roller that is not here says so, and commands none', async () => {
    await theirs.goto(`${stage.companion.url}?roller=0123456789abcdef`);
    await theirs.getByText('The roller that this screen asked for is not here.').waitFor();
    await theirs.getByRole('button', { name: 'Rollers', exact: true }).click();
    await sheetOf(theirs).getByRole('button', { name: /^Show .* on this screen$/ }).first().click();
    await theirs.keyboard.press('Escape');
    await theirs.getByRole('button', { name: 'STOP' }).waitFor();
  });
});

test('that a session is recorded is said quietly', async () => {
  await ours.getByRole('img', { name: 'Recording' }).waitFor();
});

test('who rolls is chosen in the settings, and kept by the companion', async () => {
  await ours.getByRole('button', { name: 'Settings' }).click();
  const settings = ours.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Add a person' }).click();
  await settings.getByRole('textbox', { name: 'Name' }).fill('Ada');
  await settings.getByRole('spinbutton', { name: 'Weight, if you like' }).fill('61');
  await settings.getByRole('radio', { name: 'A lot' }).check({ force: true });
  expect(await axeFinds(ours)).toEqual([]);
  await settings.getByRole('button', { name: 'Add', exact: true }).click();
  const now = settings.getByRole('combobox', { name: 'Now' });
  await expect.poll(() => now.locator(':checked').innerText()).toBe('Ada');
  const api = async (route: string): Promise<unknown> => (await fetch(new URL(`api/v1/${route}`, stage.companion.url))).json();
  const { people: [ada] } = (await api('people')) as { people: { id: string }[] };
  expect(ada).toMatchObject({ name: 'Ada', massKg: 61, experience: 'experienced' });
  expect(await api('settings')).toMatchObject({ presentPersonId: ada!.id });
  await now.selectOption('Nobody in particular');
  await expect.poll(() => api('settings')).toMatchObject({ presentPersonId: null });
});
