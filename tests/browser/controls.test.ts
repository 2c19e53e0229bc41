import { describe, expect, test } from 'vitest';
import { POSES } from './support/poses.ts';
import { SIZES } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

const stage = setStage({ viewport: SIZES.phone });

async function expectSaid(messages: unknown[]): Promise<void> {
  await expect.poll(stage.said).toEqual(messages);
}

describe('stop', () => {
  test.each(['Space', 'Enter'])('%s stops, wherever one is', async (key) => {
    await stage.show('good');
    await stage.page.keyboard.press(key);
    await expectSaid([{ type: 'stop' }]);
  });

  test('the button stops', async () => {
    await stage.show('too-fast');
    await stage.page.getByRole('button', { name: 'STOP' }).click();
    await expectSaid([{ type: 'stop' }]);
  });

  test('a control that was tapped does not take Space away from STOP', async () => {
    await stage.show('good');
    await stage.page.getByRole('button', { name: 'Pause' }).click();
    await expectSaid([{ type: 'pause' }]);
    await stage.page.keyboard.press('Space');
    await expectSaid([{ type: 'pause' }, { type: 'stop' }]);
  });

  test('a control that was reached by keyboard is worked by Space', async () => {
    await stage.show('good');
    await stage.page.getByRole('button', { name: 'Pause' }).focus();
    await stage.page.keyboard.press('Space');
    await expectSaid([{ type: 'pause' }]);
  });

  test('without a session Space says nothing', async () => {
    await stage.show('idle');
    await stage.page.keyboard.press('Space');
    await stage.page.getByRole('button', { name: 'Start' }).click();
    await expectSaid([{ type: 'start' }]);
  });
});

describe('pause', () => {
  test('a paused session goes on', async () => {
    await stage.show('paused');
    await stage.page.getByRole('button', { name: 'Go on' }).click();
    await expectSaid([{ type: 'continue' }]);
  });

  test('the P key pauses, unless keys are off', async () => {
    const { page, show } = stage;
    await show('good');
    await page.keyboard.press('p');
    await expectSaid([{ type: 'pause' }]);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('Keys: P pause').click();
    await page.keyboard.press('Escape');
    await page.locator('.sheet').waitFor({ state: 'detached' });
    await page.keyboard.press('p');
    await page.keyboard.press('Space');
    await expectSaid([{ type: 'pause' }, { type: 'stop' }]);
  });
});

describe('pace', () => {
  test('by a beat is chosen in the settings', async () => {
    const { page, show } = stage;
    await show('good');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'By a beat' }).check({ force: true });
    await expectSaid([{ type: 'profile', profile: 'rhythm' }]);
  });
});

describe('hold', () => {
  test('is one tap, and one more to let go', async () => {
    const { page, show } = stage;
    await show('good');
    await page.getByRole('button', { name: 'Hold here', pressed: false }).click();
    await expectSaid([{ type: 'hold', on: true }]);
    await show('holding');
    await page.getByRole('button', { name: 'Hold here', pressed: true }).click();
    await expectSaid([{ type: 'hold', on: true }, { type: 'hold', on: false }]);
  });

  test('the H key holds; where holding is the technique there is nothing to plan', async () => {
    const { page, show } = stage;
    await show('good');
    await page.keyboard.press('h');
    await show('lats');
    await page.keyboard.press('h');
    expect(await page.getByRole('button', { name: 'Hold here' }).count()).toBe(0);
    await expectSaid([{ type: 'hold', on: true }]);
  });
});

describe('choosing', () => {
  test('muscle, side and weight are told, and a session at rest starts', async () => {
    const { page, show } = stage;
    await show('idle');
    await page.getByRole('button', { name: 'Muscle', exact: true }).click();
    await page.getByRole('radio', { name: 'Quadriceps' }).check();
    await page.getByRole('radio', { name: 'Right' }).check();
    await page.getByRole('spinbutton').fill('81.5');
    await page.locator('.sheet').getByRole('button', { name: 'Start' }).click();
    await expectSaid([{ type: 'mass', massKg: 81.5 }, { type: 'select', group: 'quadriceps', side: 'right' }, { type: 'start' }]);
    await page.locator('.sheet').waitFor({ state: 'detached' });
  });

  test('in a running session it changes the muscle and does not start anew; a weight that is none is not told', async () => {
    const { page, show } = stage;
    await show('good');
    await page.locator('.group-button').click();
    await page.getByRole('radio', { name: 'Lats' }).check();
    await page.getByRole('button', { name: 'Roll this' }).click();
    await expectSaid([{ type: 'select', group: 'lats', side: 'left' }]);
  });

  test('a person with a roller reads the note first; once read it is folded', async () => {
    const page = await stage.browser.newContext({ locale: 'en-US', viewport: SIZES.phone }).then((context) => context.newPage());
    stage.hub.pose(POSES.idle);
    await page.goto(stage.hub.url);
    await page.getByText('Not a medical device. It cannot feel your pain').waitFor();
    await page.getByRole('button', { name: 'I have read this' }).click();
    await page.reload();
    await page.locator('.banner').waitFor();
    expect(await page.locator('.sheet').count()).toBe(0);
    await page.locator('.group-button').click();
    expect(await page.locator('.note').evaluate((note) => note.open)).toBe(false);
    await page.context().close();
  });
});

describe('a moment', () => {
  test('is marked in a word, or in one\'s own, by a key or from the sheet of pain', async () => {
    const { page, show, hub } = stage;
    await show('good');
    hub.send({ ...POSES.good.session, recording: 'on' });
    await page.getByRole('img', { name: 'Recording' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Tender' }).click();
    await page.getByText('Marked: Tender').waitFor();
    await page.getByRole('button', { name: 'Pain' }).click();
    await page.getByRole('button', { name: 'Mark this moment' }).click();
    await page.getByLabel('In your own words').fill(' pulls down to the knee ');
    await page.keyboard.press('Enter');
    await expectSaid([{ type: 'marker', text: 'Tender' }, { type: 'marker', text: 'pulls down to the knee' }]);
  });

  test('is not marked where nothing is recorded, and that is said', async () => {
    const { page, show } = stage;
    await show('good');
    await page.keyboard.press('n');
    await page.getByText('there is nothing to mark').waitFor();
    expect(await page.getByRole('button', { name: 'Tender' }).isDisabled()).toBe(true);
  });
});

describe('pain', () => {
  test('is two taps away, and is told', async () => {
    const { page, show } = stage;
    await show('good');
    await page.getByRole('button', { name: 'Pain' }).click();
    await page.getByRole('button', { name: '4, a good ache' }).click();
    await expectSaid([{ type: 'pain', nrs: 4 }]);
    await page.getByText('Noted: pain 4 of 10').waitFor();
  });

  test('sharp, numb or tingling stops like 8', async () => {
    const { page, show } = stage;
    await show('good');
    await page.getByRole('button', { name: 'Pain' }).click();
    await page.getByRole('button', { name: 'Sharp, numb or tingling' }).click();
    await expectSaid([{ type: 'pain', nrs: 8 }]);
  });

  test('a safety stop lies over everything until it is confirmed; Escape does not close it', async () => {
    const { page, show } = stage;
    await show('safety-stop');
    const dialog = page.getByRole('alertdialog', { name: 'Stop rolling' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'I have stopped' }).click();
    await expectSaid([{ type: 'confirm' }]);
    stage.hub.pose(POSES.paused);
    await dialog.waitFor({ state: 'detached' });
  });
});
