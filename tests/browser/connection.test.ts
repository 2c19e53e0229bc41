import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { CueMessage } from '../../src/server/wire.ts';
import { POSES } from './support/poses.ts';
import { setStage } from './support/stage.ts';

const stage = setStage({ anew: true });

const cue = (seq: number, parts: Partial<CueMessage> = {}): CueMessage => ({
  type: 'cue',
  seq,
  roller: 'r1',
  tS: 90,
  kind: 'too-fast',
  level: 1,
  phase: 'start',
  group: 'hamstrings',
  side: 'left',
  value: 14,
  limit: 12,
  repeat: 1,
  audible: true,
  ...parts,
});

/** Counts how often a notice with this text comes up. */
const countNotices = (text: string): string => `
  globalThis.told = 0;
  new MutationObserver((records) => {
    const added = records.flatMap((record) => [...record.addedNodes, record.target]);
    const isNotice = added.some((node) => (node.closest ? node : node.parentElement)?.closest('.notice'));
    if (isNotice && document.querySelector('.notice')?.textContent.includes(${JSON.stringify(text)})) told++;
  }).observe(document.querySelector('#app'), { subtree: true, childList: true, characterData: true });`;

/** The colour that the digits of "on this spot" are painted in. */
const digitColor = (page: Page): Promise<string> =>
  page.getByTestId('dwell').evaluate((digits) => digits.ownerDocument.defaultView.getComputedStyle(digits).color);

describe('a connection that comes back', () => {
  test('asks for what it missed and tells it once; a live cue is not told as missed', async () => {
    const { page, show } = stage;
    await show('good');
    stage.hub.cue(cue(1, { tS: 100 }));
    await page.evaluate(countNotices('While you were away'));
    stage.hub.refuse(true);
    stage.hub.drop();
    await page.locator('h1:text-is("Offline")').waitFor();
    stage.hub.missed(cue(2, { kind: 'too-long' }));
    stage.hub.refuse(false);
    await page.getByText('While you were away: Move on').waitFor();
    expect(stage.hub.heard.findLast((message) => message.type === 'resume')).toEqual({ type: 'resume', afterSeq: 1 });
    await page.locator('h1:text-is("Good pace")').waitFor();

    stage.hub.drop();
    await page.locator('h1:text-is("Good pace")').waitFor();
    await expect.poll(() => stage.hub.heard.at(-1)).toEqual({ type: 'resume', afterSeq: 2 });
    expect(await page.evaluate('told')).toBe(1);
  });

  test('resumes after what it has seen, though the service has sent no cue since', async () => {
    const { page, show } = stage;
    stage.hub.missed(cue(1));
    await show('good');
    await expect.poll(() => stage.hub.heard).toEqual([{ type: 'resume', afterSeq: 1 }]);
    expect(await page.locator('.notice').count()).toBe(0);
  });
});

describe('what is old', () => {
  test('is grey and has an age when the service falls silent, and is live again with the next snapshot', async () => {
    const { page, show } = stage;
    await show('good');
    expect(await page.locator('.speed').getAttribute('data-old')).toBe('false');
    const liveColor = await digitColor(page);
    stage.hub.speak(false);
    await page.locator('h1:text-is("No signal")').waitFor();
    await page.locator('.age:has-text("1 s ago")').waitFor();
    for (const part of ['.speed', '.path', '.dose', '.dwell', '.load']) {
      expect(await page.locator(part).getAttribute('data-old'), part).toBe('true');
    }
    const oldColor = await digitColor(page);
    expect(oldColor).not.toBe(liveColor);
    stage.hub.speak(true);
    await page.locator('h1:text-is("Good pace")').waitFor();
    expect(await page.locator('.age').count()).toBe(0);
  });

  test('is never shown as live: not with a roller that is gone, not with a service that is gone', async () => {
    const { page, show } = stage;
    await show('lost');
    await page.locator('html[data-tone=quiet] .age:has-text("3 s ago")').waitFor();
    await page.locator('.reason:has-text("your time is kept")').waitFor();
    stage.hub.refuse(true);
    stage.hub.drop();
    await page.locator('.reason:has-text("Trying again in")').waitFor();
    expect(await page.locator('.roller-link').innerText()).toBe('offline');
  });
});

test('a refusal by the service is told', async () => {
  await stage.show('good');
  stage.hub.send({ type: 'error', code: 'E_BUSY', message: 'the roller is busy' });
  await stage.page.getByText('the roller is busy').waitFor();
});

test('the token leaves the address bar', async () => {
  const { page } = stage;
  await page.goto(`${stage.hub.url}?token=secret&x=1`);
  await page.locator('.banner').waitFor();
  expect(page.url()).toBe(`${stage.hub.url}?x=1`);
});

test('nothing is loaded from anywhere else', async () => {
  const { page, show } = stage;
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  await show('good');
  expect([...hosts]).toEqual([new URL(stage.hub.url).origin]);
});

describe('what is recorded', () => {
  test('is told quietly; that it stopped loudly, for as long as it is so, aloud once', async () => {
    const { page, show } = stage;
    await page.addInitScript('globalThis.spoken = []; speechSynthesis.speak = (utterance) => void spoken.push(utterance.text);');
    await show('good');
    expect(await page.locator('.roller-line').innerText()).not.toMatch(/rec/i);
    stage.hub.send({ ...POSES.good.session, recording: 'on' });
    await page.getByRole('img', { name: 'Recording' }).waitFor();
    await page.getByRole('button', { name: 'Turn sound on' }).click();
    await expect.poll(() => page.evaluate('spoken')).toEqual(['Sound on']);
    stage.hub.send({ ...POSES.good.session, recording: 'failed' });
    await page.locator('.roller-line').getByText('Recording stopped').waitFor();
    await page.getByLabel('News').getByText('Recording stopped. Coaching goes on.').waitFor();
    stage.hub.send({ ...POSES.good.session, recording: 'failed', doses: [{ group: 'hamstrings', side: 'left', doseS: 43 }] });
    await page.locator('h1:text-is("Good pace")').waitFor();
    await expect.poll(() => page.evaluate('spoken')).toEqual(['Sound on', 'Recording stopped. Coaching goes on.']);
  });
});
