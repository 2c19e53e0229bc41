import { beforeEach, describe, expect, test } from 'vitest';
import type { CueMessage } from '../../src/server/wire.ts';
import { POSES } from './support/poses.ts';
import { setStage } from './support/stage.ts';

/** Writes down what is spoken and which notes are played; the notes still go their way. */
const EAVESDROP = `
  globalThis.spoken = [];
  globalThis.notes = [];
  speechSynthesis.speak = (utterance) => void spoken.push(utterance.text);
  globalThis.OscillatorNode = class extends OscillatorNode {
    constructor(context, options) { super(context, options); notes.push(options.frequency); }
  };`;

const stage = setStage({ anew: true });
let seq: number;

beforeEach(async () => {
  seq = 0;
  await stage.page.addInitScript(EAVESDROP);
  await stage.show('good');
});

/** A cue of now: poses begin at 100 s. */
const sendCue = (parts: Partial<CueMessage> = {}): void =>
  stage.hub.cue({
    type: 'cue', seq: ++seq, roller: 'r1', tS: 102, kind: 'too-fast', level: 1, phase: 'start', group: 'hamstrings', side: 'left',
    value: 14, limit: 12, repeat: 1, audible: true, ...parts,
  });
const spoken = (): Promise<string[]> => stage.page.evaluate('spoken');
const notes = (): Promise<number[]> => stage.page.evaluate('notes');
const turnOn = async (): Promise<void> => {
  await stage.page.getByRole('button', { name: 'Turn sound on' }).click();
  await expect.poll(spoken).toEqual(['Sound on']);
  await stage.page.evaluate('spoken.length = notes.length = 0');
};

describe('sound', () => {
  test('waits for a tap, which is answered by a test', async () => {
    sendCue();
    await stage.page.waitForFunction('document.querySelector("[data-testid=speed]") !== null');
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
    await stage.page.waitForTimeout(1200);
    expect(await notes()).toEqual([]);
    stage.hub.pose(POSES.rhythm);
    await expect.poll(async () => (await notes()).slice(0, 5), { timeout: 8000 }).toEqual([1318.5, 880, 880, 880, 1318.5]);
    expect(await stage.page.locator('.beats i').count()).toBe(4);
    stage.hub.pose(POSES.paused);
    await stage.page.locator('h1:text-is("Paused")').waitFor();
    const sounded = (await notes()).length;
    await stage.page.waitForTimeout(1200);
    expect(await notes()).toHaveLength(sounded);
  });

  test('praise has a soft tone of its own, once for each', async () => {
    await turnOn();
    stage.hub.pose(POSES.relieved);
    await expect.poll(notes).toEqual([784]);
    stage.hub.pose(POSES.good);
    await stage.page.locator('h1:text-is("Good pace")').waitFor();
    stage.hub.pose(POSES.relieved);
    await stage.page.locator('h1:text-is("Good, keep that")').waitFor();
    expect(await notes()).toEqual([784]);
  });

  test('the voice can be turned off alone, and all of it by one button', async () => {
    await turnOn();
    await stage.page.getByRole('button', { name: 'Settings' }).click();
    await stage.page.getByRole('switch', { name: 'Speak every cue' }).uncheck();
    await stage.page.keyboard.press('Escape');
    sendCue();
    await expect.poll(notes).toEqual([659.3, 440]);
    await stage.page.getByRole('button', { name: 'Sound is on' }).click();
    sendCue({ kind: 'over-pressure' });
    await stage.page.getByRole('button', { name: 'Turn sound on' }).click();
    await expect.poll(notes).toEqual([659.3, 440, 784]);
    expect(await spoken()).toEqual([]);
  });
});
