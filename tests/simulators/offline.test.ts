import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import { decodeStatus } from '../../firmware-protocol/status.ts';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { simulate, type SimulatedEvent } from '../../simulators/offline.ts';
import { cellsOf, restAngleRad } from '../../simulators/roller/build.ts';
import { findScenario, SCENARIOS } from '../../simulators/scenarios/library.ts';
import { readSession } from './support/reading.ts';

const run = (name: string, seed: number, seconds: number): SimulatedEvent[] => [...simulate({ scenario: findScenario(name)!, seed, seconds })];

/** Over everything: bytes, times and truth. */
function digestOf(events: readonly SimulatedEvent[]): string {
  const hash = createHash('sha256');
  for (const event of events) hash.update(event.type === 'frame' ? event.bytes : '').update(JSON.stringify(event.type === 'frame' ? { ...event, bytes: null } : event));
  return hash.digest('hex');
}

const framesOf = (events: readonly SimulatedEvent[]) => events.filter((event) => event.type === 'frame');
const streamOf = (events: readonly SimulatedEvent[]) => framesOf(events).filter(({ characteristic }) => characteristic === 'stream');

describe('simulate', () => {
  it.each(['tour', 'tour-mpu6050', 's13'])('gives the same bytes, times and truth of %s for the same seed, and others for another', (name) => {
    expect(digestOf(run(name, 7, 20))).toBe(digestOf(run(name, 7, 20)));
    expect(digestOf(run(name, 7, 20))).not.toBe(digestOf(run(name, 8, 20)));
  });

  it('has bytes of the sensors that differ from seed to seed, and from part to part', () => {
    const runs = [['tour', 1], ['tour', 2], ['tour-bmi270', 1], ['tour-bmi270', 2], ['tour-mpu6050', 1]] as const;
    const samples = runs.map(([name, seed]) => Buffer.concat(streamOf(run(name, seed, 3)).map(({ bytes }) => bytes.subarray(12))).toString('hex'));
    expect(new Set(samples).size).toBe(5);
  });

  it('begins as a link does: found, introduced, told of mass and muscle, then streaming', () => {
    const events = run('tour', 1, 1);
    const steps = events.slice(0, events.findIndex((event) => event.type === 'frame' && event.characteristic === 'stream'));
    expect(steps.map((event) => (event.type === 'state' ? event.state : event.type === 'frame' ? event.characteristic : event.type === 'command' ? event.command : event.type))).toEqual([
      'scanning', 'connecting', 'discovering', 'info', 'info', 'status', 'battery', 'subscribing',
      { type: 'mass', massKg: 75 }, { type: 'select', group: 'hamstrings', side: 'left' }, 'streaming', 'battery', 'status',
    ]);
  });

  it('delivers every frame once, in order, a few milliseconds after it was due', () => {
    const events = run('tour-bmi270', 2, 60);
    const arrivals = events.flatMap((event) => ('arrivalS' in event ? [event.arrivalS] : []));
    expect(arrivals.every((arrivalS, i) => i === 0 || arrivalS >= arrivals[i - 1]!)).toBe(true);
    const frames = streamOf(events);
    expect(frames).toHaveLength(3000);
    const latencies = frames.map(({ arrivalS }, i) => arrivalS - (1 + 0.02 * i + 0.011));
    expect(Math.min(...latencies)).toBeGreaterThan(0);
    expect(Math.max(...latencies)).toBeLessThan(0.03);
    expect(new Set(latencies.map((latencyS) => latencyS.toFixed(4))).size).toBeGreaterThan(50);
  });

  it.each(SCENARIOS.map(({ name }) => name))('sends nothing in %s that does not decode', (name) => {
    const decode = { info: decodeInfo, status: decodeStatus, stream: decodeStream };
    const faults = framesOf(run(name, 3, 5)).flatMap(({ characteristic, bytes }) => {
      if (characteristic === 'battery') return bytes.length === 1 && bytes[0]! <= 100 ? [] : ['battery'];
      const result = decode[characteristic as keyof typeof decode](bytes);
      return result.ok ? [] : [result.fault.detail];
    });
    expect(faults).toEqual([]);
  });

  it('goes on after the end of the scenario with a roller that lies still', () => {
    const { gyroDps, truth } = readSession({ scenario: findScenario('s11')!, seed: 1, seconds: 60 });
    expect(truth).toHaveLength(600);
    expect(truth.slice(300).every(({ contact, speedCmS, forceN }) => !contact && speedCmS === 0 && forceN === 0)).toBe(true);
    expect(Math.max(...gyroDps.slice(3000).map(([x]) => Math.abs(x!)))).toBe(0);
  });

  it('puts what the person does and says at its time', () => {
    const events = run('s14', 1, 25);
    const at = events.findIndex((event) => event.type === 'command' && event.command.type === 'pain');
    const [before, after] = [events.slice(0, at).findLast((event) => event.type === 'truth'), events.slice(at).find((event) => event.type === 'truth')];
    expect([before?.tS, after?.tS]).toEqual([20, 20.1]);
    expect(events[at]).toMatchObject({ command: { nrs: 8 }, arrivalS: expect.closeTo(21, 1) });
  });

  it('tells the cues that are due beside the truth, with the group of their time', () => {
    const cues = run('tour', 1, 120).filter((event) => event.type === 'truth-cue');
    expect(cues).toEqual([
      { type: 'truth-cue', tS: 16.75, kind: 'too-fast', level: 1, group: 'hamstrings' },
      { type: 'truth-cue', tS: 54.3, kind: 'too-long', level: 1, group: 'hamstrings' },
      { type: 'truth-cue', tS: 63.1, kind: 'dose-goal', level: 1, group: 'hamstrings' },
      { type: 'truth-cue', tS: 72.07, kind: 'over-pressure', level: 1, group: 'hamstrings' },
      { type: 'truth-cue', tS: 98.6, kind: 'dose-limit', level: 1, group: 'hamstrings' },
    ]);
  });
});

describe('the truth', () => {
  it('is there at every 0.1 s from 0.1 on', () => {
    const { truth } = readSession({ scenario: findScenario('tour')!, seed: 1, seconds: 30 });
    expect(truth.map(({ tS }) => tS)).toEqual(truth.map((_, i) => (i + 1) / 10));
  });

  it('has a speed that is the change of position, and a position that only changes in contact', () => {
    const { truth } = readSession({ scenario: findScenario('s09')!, seed: 2, seconds: 70 });
    const changes = truth.map(({ positionCm }, i) => positionCm - (truth[i - 1]?.positionCm ?? 0));
    expect(Math.max(...truth.map(({ speedCmS }, i) => Math.abs(speedCmS - changes[i]! / 0.1)))).toBeLessThan(1e-9);
    const apart = changes.filter((_, i) => !truth[i]!.contact && !(truth[i - 1]?.contact ?? false));
    expect(apart.length).toBeGreaterThan(45);
    expect(apart.every((change) => change === 0)).toBe(true);
    // The empty roller was moved on by 15 cm meanwhile: not a part of the path.
    const places = truth.map(({ positionCm }) => positionCm);
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(34);
  });

  it('has contact from 0.2 s above 5 % of body weight until 0.5 s below 3 %', () => {
    const { truth } = readSession({ scenario: findScenario('s09')!, seed: 2, seconds: 70 });
    const changes = truth.flatMap(({ contact, tS }, i) => (contact !== (truth[i - 1]?.contact ?? false) ? [[tS, contact]] : []));
    // By hand in the scenario: on at 0.32, off at 30.81, on at 35.82; the tick after tells.
    expect(changes).toEqual([[0.4, true], [30.9, false], [35.9, true]]);
  });

  it('starts a new path at the first contact of another group', () => {
    const { truth } = readSession({ scenario: findScenario('two-groups')!, seed: 2, seconds: 60 });
    const second = truth.findIndex(({ contact, tS }) => contact && tS > 43);
    expect(Math.abs(truth[second - 2]!.positionCm)).toBeGreaterThan(2);
    expect(Math.abs(truth[second]!.positionCm)).toBeLessThan(0.5);
    expect(Math.max(...truth.map(({ speedCmS }) => Math.abs(speedCmS)))).toBeLessThan(3.01);
  });

  it('judges contact by pressure while the mass is not known', () => {
    const scenario = { ...findScenario('s01')!, massKg: null, commands: [] };
    const { truth } = readSession({ scenario, seed: 1, seconds: 3 });
    expect(truth.find(({ contact }) => contact)!.tS).toBeCloseTo(0.35, 0.9);
  });

  it.each([['tour', 0.002], ['tour-bmi270', 0.04], ['tour-mpu6050', 0.1]])('is what perfect eyes see in the cells of %s, to %s', (name, share) => {
    const { cellPa, truth } = readSession({ scenario: findScenario(name)!, seed: 5, seconds: 25 });
    const scenario = findScenario(name)!;
    const cells = cellsOf(scenario.roller);
    const errors = truth.slice(40, 200).map(({ tS, positionCm, forceN }) => {
      // Until 25 s the roller of the tour has moved in contact only, so that position tells its angle.
      const upRad = restAngleRad(5) + positionCm / scenario.roller.radiusCm;
      const reading = cellPa[Math.round(tS * 50)]!;
      const read = cells.reduce((sum, { angleDeg, areaMm2 }, i) => sum + (Math.cos((angleDeg! * Math.PI) / 180 - upRad) >= 0.4999 ? reading[i]! * areaMm2 * 1e-6 : 0), 0);
      return read / forceN - 1;
    });
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(share);
  });
});
