import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CueMessage } from '../../src/server/wire.ts';
import { launchBrowser } from './support/browser.ts';
import { startFakeHub, type FakeHub } from './support/fake-hub.ts';
import { openPosedPage, type PosedPage } from './support/posed-page.ts';
import { POSES } from './support/poses.ts';

/** Writes down what is spoken and which notes are played; the notes still go their way. */
const EAVESDROP = `
  globalThis.spoken = [];
  globalThis.notes = [];
  speechSynthesis.speak = (utterance) => void spoken.push(utterance.text);
  globalThis.OscillatorNode = class extends OscillatorNode {
    constructor(context, options) { super(context, options); notes.push(options.frequency); }
  };`;

let browser: Browser;
let hub: FakeHub;
let posed: PosedPage;
let seq = 0;

beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  await hub?.close();
  hub = await startFakeHub(POSES.good);
  seq = 0;
  posed = await openPosedPage(browser, hub);
  await posed.page.addInitScript(EAVESDROP);
  await posed.show('good');
});
afterAll(async () => {
  await browser.close();
  await hub.close();
});

/** A cue of now: poses begin at 100 s. */
const sendCue = (parts: Partial<CueMessage> = {}): void =>
  hub.cue({
    type: 'cue', seq: ++seq, roller: 'r1', tS: 102, kind: 'too-fast', level: 1, phase: 'start', group: 'hamstrings', side: 'left',
    value: 14, limit: 12, repeat: 1, audible: true, ...parts,
  });
const spoken = (): Promise<string[]> => posed.page.evaluate('spoken');
const notes = (): Promise<number[]> => posed.page.evaluate('notes');
const turnOn = async (): Promise<void> => {
  await posed.page.getByRole('button', { name: 'Turn sound on' }).click();
  await expect.poll(spoken).toEqual(['Sound on']);
  await posed.page.evaluate('spoken.length = notes.length = 0');
};

describe('sound', () => {
  test('waits for a tap, which is answered by a test', async () => {
    sendCue();
    await posed.page.waitForFunction('document.querySelector("[data-testid=speed]") !== null');
    expect(await notes()).toEqual([]);
    await turnOn();
  });

  test('each kind has its own tone and words, spoken after the tone', async () => {
    await turnOn();
    sendCue();
    await expect.poll(spoken).toEqual(['Slow down']);
    expect(await notes()).toEqual([659.3, 440]);
    sendCue({ kind: 'too-long' });
    await expect.poll(spoken).toEqual(['Slow down', 'Move on']);
    expect((await notes()).slice(2)).toEqual([440, 523.3, 659.3]);
  });

  test('a cue that may not sound, one that is late, and the end of one are silent', async () => {
    await turnOn();
    sendCue({ audible: false });
    sendCue({ tS: 90, kind: 'too-long' });
    sendCue({ phase: 'end' });
    sendCue({ kind: 'over-pressure', level: 2 });
    await expect.poll(spoken).toEqual(['Ease off now']);
    expect(await notes()).toEqual([220]);
  });

  test('the metronome clicks for who rolls by rhythm, the first beat of a stroke higher, and for nobody else', async () => {
    await turnOn();
    await posed.page.waitForTimeout(1200);
    expect(await notes()).toEqual([]);
    hub.pose(POSES.rhythm);
    await expect.poll(async () => (await notes()).slice(0, 5), { timeout: 8000 }).toEqual([1318.5, 880, 880, 880, 1318.5]);
    expect(await posed.page.locator('.beats i').count()).toBe(4);
    hub.pose(POSES.paused);
    await posed.page.locator('h1:text-is("Paused")').waitFor();
    const sounded = (await notes()).length;
    await posed.page.waitForTimeout(1200);
    expect(await notes()).toHaveLength(sounded);
  });

  test('praise has a soft tone of its own, once for each', async () => {
    await turnOn();
    hub.pose(POSES.relieved);
    await expect.poll(notes).toEqual([784]);
    hub.pose(POSES.good);
    await posed.page.locator('h1:text-is("Good pace")').waitFor();
    hub.pose(POSES.relieved);
    await posed.page.locator('h1:text-is("Good, keep that")').waitFor();
    expect(await notes()).toEqual([784]);
  });

  test('the voice can be turned off alone, and all of it by one button', async () => {
    await turnOn();
    await posed.page.getByRole('button', { name: 'Settings' }).click();
    await posed.page.getByRole('switch', { name: 'Speak every cue' }).uncheck();
    await posed.page.keyboard.press('Escape');
    sendCue();
    await expect.poll(notes).toEqual([659.3, 440]);
    await posed.page.getByRole('button', { name: 'Sound is on' }).click();
    sendCue({ kind: 'over-pressure' });
    await posed.page.getByRole('button', { name: 'Turn sound on' }).click();
    await expect.poll(notes).toEqual([659.3, 440, 784]);
    expect(await spoken()).toEqual([]);
  });
});
