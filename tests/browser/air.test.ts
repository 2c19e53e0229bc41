import { beforeEach, expect, test } from 'vitest';
import type { AirRoller } from '../../src/server/wire.ts';
import { POSES } from './support/poses.ts';
import { SIZES } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

const stage = setStage({ viewport: SIZES.phone });
beforeEach(async () => {
  await stage.show('good');
  stage.hub.heard.length = 0;
  await stage.page.keyboard.press('r');
  await sheet().getByRole('button', { name: 'Look around' }).click();
  await expect.poll(stage.said).toEqual([{ type: 'scan' }]);
});

const sheet = () => stage.page.getByRole('dialog', { name: 'Rollers' });
const OWN: AirRoller = {
  id: 'r1', name: 'Virtual roller', address: 'f0:00:00:00:00:01', rssiDbm: -55, batteryPct: 76, protocolVersion: 1, known: true, station: 1, claimedBy: null,
};
const STRANGER: AirRoller = {
  id: null, name: 'Smart Roller 9C02', address: 'f0:00:00:00:00:07', rssiDbm: -84, batteryPct: null, protocolVersion: null, known: false, station: null, claimedBy: null,
};

test('a roller in the air is taken by the best handle there is, and the page keeps it', async () => {
  await sheet().getByRole('button', { name: 'Looking around, some seconds' }).waitFor();
  stage.hub.send({ type: 'air', rollers: [OWN, STRANGER] });
  await sheet().getByText('1 more in the air:').waitFor();
  const found = sheet().getByRole('listitem').filter({ hasText: 'Smart Roller 9C02' });
  expect(await found.innerText()).toMatch(/not met yet\s+signal weak/);
  await found.getByRole('button', { name: 'Take Smart Roller 9C02' }).click();
  await expect.poll(() => stage.said().at(-1)).toEqual({ type: 'meet', roller: 'f0:00:00:00:00:07' });
  // Its place is empty until it has said who it is.
  stage.hub.send({ ...POSES.good.hello, rollers: [] });
  await sheet().getByText('None is connected yet.').waitFor();
  expect(new URL(stage.page.url()).search).toBe('');
  stage.hub.send({ ...POSES.good.hello, rollers: POSES.good.hello.rollers.map((roller) => ({ ...roller, id: '9c02', name: 'Smart Roller 9C02' })) });
  await expect.poll(() => new URL(stage.page.url()).search).toBe('?roller=9c02');
  await sheet().getByText('on this screen', { exact: true }).waitFor();
});

test('a service that cannot listen says why, and may be asked again', async () => {
  stage.hub.send({ type: 'error', code: 'E_REFUSED', message: 'a recording has no radio' });
  await sheet().getByRole('status').filter({ hasText: 'a recording has no radio' }).waitFor();
  await sheet().getByRole('button', { name: 'Look around' }).waitFor();
});

test('where nobody else is in the air it says so', async () => {
  stage.hub.send({ type: 'air', rollers: [OWN] });
  await sheet().getByText('Nobody else is in the air.').waitFor();
});
