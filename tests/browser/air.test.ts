import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AirRoller } from '../../src/server/wire.ts';
import { launchBrowser } from './support/browser.ts';
import { startFakeHub, type FakeHub } from './support/fake-hub.ts';
import { openPosedPage, type PosedPage } from './support/posed-page.ts';
import { POSES } from './support/poses.ts';
import { SIZES } from './support/sizes.ts';

let browser: Browser;
let hub: FakeHub;
let posed: PosedPage;

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await startFakeHub(POSES.good);
  posed = await openPosedPage(browser, hub, { viewport: SIZES.phone });
});
beforeEach(async () => {
  await posed.show('good');
  hub.heard.length = 0;
  await posed.page.keyboard.press('r');
  await sheet().getByRole('button', { name: 'Look around' }).click();
  await expect.poll(said).toEqual([{ type: 'scan' }]);
});
afterAll(async () => {
  await browser.close();
  await hub.close();
});

const sheet = () => posed.page.getByRole('dialog', { name: 'Rollers' });
const said = (): unknown[] => hub.heard.filter((message) => message.type !== 'resume');
const OWN: AirRoller = {
  id: 'r1', name: 'Virtual roller', address: 'f0:00:00:00:00:01', rssiDbm: -55, batteryPct: 76, protocolVersion: 1, known: true, station: 1, claimedBy: null,
};
const STRANGER: AirRoller = {
  id: null, name: 'Smart Roller 9C02', address: 'f0:00:00:00:00:07', rssiDbm: -84, batteryPct: null, protocolVersion: null, known: false, station: null, claimedBy: null,
};

test('a roller in the air is taken by the best handle there is, and the page keeps it', async () => {
  await sheet().getByRole('button', { name: 'Looking around, some seconds' }).waitFor();
  hub.send({ type: 'air', rollers: [OWN, STRANGER] });
  await sheet().getByText('1 more in the air:').waitFor();
  const found = sheet().getByRole('listitem').filter({ hasText: 'Smart Roller 9C02' });
  expect(await found.innerText()).toMatch(/not met yet\s+signal weak/);
  await found.getByRole('button', { name: 'Take Smart Roller 9C02' }).click();
  await expect.poll(() => said().at(-1)).toEqual({ type: 'meet', roller: 'f0:00:00:00:00:07' });
  // Its place is empty until it has said who it is.
  hub.send({ ...POSES.good.hello, rollers: [] });
  await sheet().getByText('None is connected yet.').waitFor();
  expect(new URL(posed.page.url()).search).toBe('');
  hub.send({ ...POSES.good.hello, rollers: POSES.good.hello.rollers.map((roller) => ({ ...roller, id: '9c02', name: 'Smart Roller 9C02' })) });
  await expect.poll(() => new URL(posed.page.url()).search).toBe('?roller=9c02');
  await sheet().getByText('on this screen', { exact: true }).waitFor();
});

test('a service that cannot listen says why, and may be asked again', async () => {
  hub.send({ type: 'error', code: 'E_REFUSED', message: 'a recording has no radio' });
  await sheet().getByRole('status').filter({ hasText: 'a recording has no radio' }).waitFor();
  await sheet().getByRole('button', { name: 'Look around' }).waitFor();
});

test('where nobody else is in the air it says so', async () => {
  hub.send({ type: 'air', rollers: [OWN] });
  await sheet().getByText('Nobody else is in the air.').waitFor();
});
