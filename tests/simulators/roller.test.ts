import { describe, expect, it } from 'vitest';
import exchangesFile from '../../firmware-protocol/vectors/exchanges.json' with { type: 'json' };
import { decodeResponse, encodeRequest, type ControlRequest, type ControlResponse } from '../../firmware-protocol/control.ts';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import { decodeStatus } from '../../firmware-protocol/status.ts';
import { decodeStream, type StreamFrame } from '../../firmware-protocol/stream.ts';
import { hold, idle } from '../../simulators/body/segment.ts';
import { createVirtualRoller, LOOP_REST_S } from '../../simulators/roller/roller.ts';
import type { RollerFirmware, RollerOutput } from '../../simulators/roller/port.ts';
import { createDeviceClock } from '../../simulators/roller/device-clock.ts';
import { findScenario } from '../../simulators/scenarios/library.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { must } from './support/reading.ts';

const MTU = 247;
const scenarioOf = (name: string): Scenario => findScenario(name)!;
const ask = (roller: RollerFirmware, request: ControlRequest, nowS: number, mtu = MTU): ControlResponse =>
  must(decodeResponse(roller.control(encodeRequest(request), mtu, nowS)));
const framesOf = (outputs: readonly RollerOutput[]): StreamFrame[] =>
  outputs.filter(({ characteristic }) => characteristic === 'stream').map(({ bytes }) => must(decodeStream(bytes)));

/** A roller that streams since 1 s. */
function streaming(name = 'tour', seed = 1, loop = false): RollerFirmware {
  const roller = createVirtualRoller({ scenario: scenarioOf(name), seed, loop });
  expect(ask(roller, { procedure: 'start' }, 1).result).toBe('success');
  return roller;
}

/** The middle one of all cell values: few cells bear the roller itself. */
function unloaded(frames: readonly StreamFrame[]): number {
  const values = frames.flatMap(({ pressure }) => [...pressure]).toSorted((a, b) => a - b);
  return values[values.length >> 1]!;
}

const stopped = (): RollerFirmware => createVirtualRoller({ scenario: scenarioOf('tour'), seed: 1 });
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the control point', () => {
  const response = new Map(exchangesFile.exchanges.map((exchange) => [exchange.name, exchange]));

  it.each<[string, () => RollerFirmware, number, number]>([
    ['start while stopped', stopped, 1, MTU],
    ['start with an MTU of 64', stopped, 1, 64],
    ['start while streaming', streaming, 2, MTU],
    ['start with a byte too many', stopped, 1, MTU],
    ['stop', streaming, 2, MTU],
    ['tare, unloaded and still', streaming, 2, MTU],
    ['tare under load', streaming, 8, MTU],
    ['tare while turning', () => streaming('s13'), 10, MTU],
    ['set rate to what is had', stopped, 1, MTU],
    ['set rate to 210 Hz, 200 Hz is the nearest', stopped, 1, MTU],
    ['set rate while streaming', streaming, 2, MTU],
    ['set rate to 5 Hz', stopped, 1, MTU],
    ['identify for 5 s', stopped, 1, MTU],
    ['identify for no time', stopped, 1, MTU],
    ['haptic pattern played', stopped, 1, MTU],
    ['op code that has no meaning', stopped, 1, MTU],
    ['no bytes at all', stopped, 1, MTU],
  ])('answers as the protocol has it: %s', (name, rollerOf, nowS, mtu) => {
    const exchange = response.get(name)!;
    expect(hexOf(rollerOf().control(Buffer.from(exchange.request, 'hex'), mtu, nowS))).toBe(exchange.response);
  });

  it('refuses to start when a frame would not fit, and starts when it just does', () => {
    const roller = stopped();
    expect(ask(roller, { procedure: 'start' }, 1, 102).result).toBe('mtuTooSmall');
    expect(ask(roller, { procedure: 'start' }, 1, 103).result).toBe('success');
    expect(roller.advance(1.02).find(({ characteristic }) => characteristic === 'stream')!.bytes).toHaveLength(100);
  });

  it('refuses to stop what does not run', () => expect(ask(stopped(), { procedure: 'stop' }, 1).result).toBe('wrongState'));

  it.each([
    [100_000, 50_000, 1, 1], [100_000, 50_000, 3, 2], [100_000, 25_000, 8, 8], [100_000, 100_000, 16, 3], [48_000, 13_000, 4, 4], [200_000, 0, 16, 16], [1_000_000, 1_000_000, 2, 2],
  ])('grants rates near %s and %s mHz with %s samples of which every frame can be made', (imuRateMilliHz, pressureRateMilliHz, samplesPerFrame, granted) => {
    const roller = stopped();
    const rates = ask(roller, { procedure: 'setRate', imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }, 1) as Extract<ControlResponse, { procedure: 'setRate'; result: 'success' }>;
    expect(rates).toMatchObject({ result: 'success', samplesPerFrame: granted });
    expect(must(decodeInfo(roller.read('info')))).toMatchObject({ imuRateMilliHz: rates.imuRateMilliHz, pressureRateMilliHz: rates.pressureRateMilliHz, samplesPerFrame: granted });
    ask(roller, { procedure: 'start' }, 1);
    const frames = framesOf(roller.advance(3));
    const imuHz = rates.imuRateMilliHz / 1000;
    expect(frames.length).toBeGreaterThanOrEqual((2 * imuHz) / granted - 1);
    expect(frames.every(({ imuCount }) => imuCount === granted)).toBe(true);
    const readings = frames.reduce((sum, { readingCount }) => sum + readingCount, 0);
    expect(Math.abs(readings - frames.length * granted * (rates.pressureRateMilliHz / rates.imuRateMilliHz))).toBeLessThan(1.01);
    const stepsUs = frames.slice(1).map(({ deviceTimeUs }, i) => (deviceTimeUs - frames[i]!.deviceTimeUs + 2 ** 32) % 2 ** 32);
    expect(Math.max(...stepsUs.map((us) => Math.abs(us - (granted * 1e6) / imuHz)))).toBeLessThanOrEqual(1);
  });

  it('takes a new zero within a second, flags the frames meanwhile, and keeps the old one when it was touched', () => {
    for (const [atS, tares] of [[1.2, true], [3.7, false]] as const) {
      const roller = createVirtualRoller({ scenario: { ...scenarioOf('tour-mpu6050'), segments: [idle(3), hold(2, 30), idle(20)] }, seed: 5 });
      ask(roller, { procedure: 'start' }, 1);
      const before = unloaded(framesOf(roller.advance(atS)));
      expect(ask(roller, { procedure: 'tare' }, atS).result).toBe('success');
      const meanwhile = framesOf(roller.advance(atS + 0.3));
      expect(meanwhile.every(({ flags }) => flags.tareActive)).toBe(true);
      // Got on at 3 s of the scenario, 4 s since power on.
      const after = framesOf(roller.advance(26)).slice(-50);
      expect(after.some(({ flags }) => flags.tareActive)).toBe(false);
      expect(unloaded(after) < 0.7 * before).toBe(tares);
    }
  });
});

describe('the stream', () => {
  it('is fifty frames a second, each numbered, each of 100 bytes, due as soon as its last sample is taken', () => {
    const roller = streaming();
    const outputs = roller.advance(61).filter(({ characteristic }) => characteristic === 'stream');
    expect(outputs).toHaveLength(3000);
    const frames = framesOf(outputs);
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, i) => i));
    expect(new Set(outputs.map(({ bytes }) => bytes.length))).toEqual(new Set([100]));
    outputs.forEach(({ dueS }, i) => expect(dueS).toBeCloseTo(1 + 0.02 * i + 0.011, 3));
  });

  it('comes piecemeal as it comes at once', () => {
    const whole = streaming('tour-mpu6050', 9).advance(8);
    const roller = streaming('tour-mpu6050', 9);
    const pieces: RollerOutput[] = [];
    for (let dueS = roller.nextDueS(); dueS !== null && dueS <= 8; dueS = roller.nextDueS()) pieces.push(...roller.advance(dueS));
    expect(pieces).toEqual(whole);
  });

  it('has a device clock that wraps, in some seeds soon', () => {
    const soon = Array.from({ length: 30 }, (_, seed) => seed).filter((seed) => createDeviceClock(seed, [0, 0]).counterUs(60) < createDeviceClock(seed, [0, 0]).counterUs(0));
    expect(soon.length).toBeGreaterThan(3);
    const times = framesOf(streaming('tour', soon[0]).advance(62)).map(({ deviceTimeUs }) => deviceTimeUs);
    expect(times.filter((us, i) => i > 0 && us < times[i - 1]!)).toHaveLength(1);
    expect(new Set(times.map((us, i) => (i === 0 ? 20_000 : (us - times[i - 1]! + 2 ** 32) % 2 ** 32)))).toEqual(new Set([20_000]));
  });

  it('drifts against the time of the receiver by what the part may', () => {
    const paces = Array.from({ length: 40 }, (_, seed) => {
      const clock = createDeviceClock(seed, [0, 40]);
      expect(clock.nowS(clock.deviceS(123.4))).toBeCloseTo(123.4, 9);
      return (clock.deviceS(1e6) - 1e6) / 1;
    });
    expect(Math.max(...paces.map(Math.abs))).toBeLessThanOrEqual(40);
    expect(Math.max(...paces)).toBeGreaterThan(25);
    expect(Math.min(...paces)).toBeLessThan(-25);
  });

  it('stops with the link, while person and clock go on; a new start counts from 0', () => {
    const steady = framesOf(streaming('s01').advance(21));
    const roller = streaming('s01');
    roller.advance(5);
    roller.disconnected();
    expect(roller.nextDueS()).toBeNull();
    expect(roller.advance(20)).toEqual([]);
    expect(ask(roller, { procedure: 'start' }, 20).result).toBe('success');
    const frames = framesOf(roller.advance(21));
    expect(frames[0]!.sequence).toBe(0);
    expect(frames).toHaveLength(50);
    // 950 frames of 20 ms after the first start.
    expect(frames.map(({ deviceTimeUs, imu }) => [deviceTimeUs, [...imu]])).toEqual(steady.slice(950).map(({ deviceTimeUs, imu }) => [deviceTimeUs, [...imu]]));
  });

  it('waits for nothing before a client has spoken', () => {
    const roller = createVirtualRoller({ scenario: scenarioOf('tour'), seed: 1 });
    expect(roller.nextDueS()).toBeNull();
    expect(roller.advance(30)).toEqual([]);
  });

  it('begins the scenario again when it loops, and else lies still', () => {
    const scenario = scenarioOf('too-fast');
    const durationS = scenario.segments.reduce((sum, { seconds }) => sum + seconds, 0);
    const busy = (roller: RollerFirmware): number[] => {
      const spins = framesOf(roller.advance(1 + 3 * durationS)).map(({ imu }) => Math.abs(imu[0]!));
      const perRound = Math.round((durationS + LOOP_REST_S) * 50);
      return [0, 1].map((round) => Math.max(...spins.slice(round * perRound, round * perRound + 500)));
    };
    const [first, second] = busy(streaming('too-fast', 1, true)) as [number, number];
    expect(second).toBe(first);
    expect(busy(streaming('too-fast', 1, false))[1]).toBe(0);
  });
});

describe('the haptic motor', () => {
  const PATTERN = { procedure: 'haptic', pulses: 2, pulseMs: 150, gapMs: 100, strengthPct: 80 } as const;

  it('shakes the sensors while it pulses, and flags the frames until 150 ms after', () => {
    const quiet = framesOf(streaming().advance(4));
    const roller = streaming();
    roller.advance(2);
    ask(roller, PATTERN, 2);
    const frames = framesOf(roller.advance(4));
    // Frame i holds the samples at 1.00 + 0.02 * i after 2 s: i = 50 and on in `quiet`. The burst lasts 0.4 s.
    const flagged = frames.map(({ flags }, i) => (flags.hapticActive ? i : -1)).filter((i) => i >= 0);
    expect(flagged[0]).toBe(0);
    expect(flagged).toHaveLength(Math.ceil((0.4 + 0.15) / 0.02));
    const shaken = frames.map(({ imu }, i) => Math.abs(imu[1]! - quiet[i + 50]!.imu[1]!) > 50);
    expect(shaken.slice(0, 7).filter(Boolean).length).toBeGreaterThan(5);
    expect(shaken.slice(8, 12).some(Boolean)).toBe(false); // the gap
    expect(shaken.slice(13, 20).filter(Boolean).length).toBeGreaterThan(5);
    expect(shaken.slice(20).some(Boolean)).toBe(false);
  });

  it('plays a new pattern in place of the one that plays', () => {
    const roller = streaming();
    ask(roller, { ...PATTERN, pulses: 5, pulseMs: 500, gapMs: 50 }, 2);
    ask(roller, { ...PATTERN, pulses: 1 }, 2.2);
    const flagged = framesOf(roller.advance(6)).filter(({ flags }) => flags.hapticActive);
    expect(flagged.length * 0.02).toBeCloseTo(0.2 + 0.15 + 0.15, 1.4);
  });
});

describe('what can be read and is reported', () => {
  it('has an identity of its own for each seed', () => {
    const rollers = [1, 2, 3].map((seed) => createVirtualRoller({ scenario: scenarioOf('tour'), seed }));
    const ids = rollers.map((roller) => must(decodeInfo(roller.read('info'))).deviceId);
    expect(new Set(ids).size).toBe(3);
    expect(rollers.map(({ name }) => name)).toEqual(ids.map((id) => `Smart Roller ${id.slice(-4).toUpperCase()}`));
    for (const name of ['manufacturer', 'model', 'firmware'] as const) expect(new TextDecoder().decode(rollers[0]!.read(name))).toMatch(/^[\w. -]{3,64}$/);
    expect(rollers[0]!.read('stream')).toHaveLength(0);
  });

  it('describes its cells so that they cover the surface once', () => {
    const { cells, radiusMm, pressureUnit } = must(decodeInfo(createVirtualRoller({ scenario: scenarioOf('tour'), seed: 1 }).read('info')));
    expect(pressureUnit).toBe('pascal');
    expect(cells).toHaveLength(32);
    const area = cells.reduce((sum, { areaMm2 }) => sum + areaMm2, 0);
    expect(area / (2 * Math.PI * radiusMm * 120)).toBeCloseTo(1, 3);
    expect(new Set(cells.map(({ angleDeg, axialMm }) => `${angleDeg} ${axialMm}`)).size).toBe(32);
  });

  it('tells its status on every change and every 10 s, and the battery when it changes', () => {
    const roller = createVirtualRoller({ scenario: scenarioOf('tour'), seed: 1 });
    ask(roller, { procedure: 'setRate', imuRateMilliHz: 25_000, pressureRateMilliHz: 0, samplesPerFrame: 16 }, 0);
    ask(roller, { procedure: 'start' }, 1);
    const outputs = roller.advance(1001);
    const times = outputs.filter(({ characteristic }) => characteristic === 'status').map(({ dueS }) => dueS);
    expect(times.slice(0, 2)).toEqual([0, 1]);
    expect(Math.max(...times.slice(1).map((dueS, i) => dueS - times[i]!))).toBeLessThanOrEqual(10 + 1e-6);
    const battery = outputs.filter(({ characteristic }) => characteristic === 'battery').map(({ bytes }) => bytes[0]!);
    expect(battery.length).toBeGreaterThanOrEqual(4);
    expect(battery.slice(1)).toEqual(battery.slice(1).map((_, i) => battery[0]! - 1 - i));
    expect(must(decodeStatus(roller.read('status')))).toMatchObject({ batteryPct: battery.at(-1), activity: { streaming: true } });
    expect(roller.read('battery')[0]).toBe(battery.at(-1));
    ask(roller, { procedure: 'stop' }, 1001);
    const [last] = roller.advance(1001);
    expect(must(decodeStatus(last!.bytes)).activity.streaming).toBe(false);
  });

  it('counts the frames that could not be sent, from each start anew', () => {
    const roller = streaming();
    const [status, frame] = [roller.advance(2)[0]!, roller.advance(2.1)[0]!];
    roller.dropped(frame);
    roller.dropped(frame);
    roller.dropped({ ...status, characteristic: 'status' });
    expect(must(decodeStatus(roller.read('status'))).droppedFrames).toBe(2);
    ask(roller, { procedure: 'stop' }, 3);
    ask(roller, { procedure: 'start' }, 4);
    expect(must(decodeStatus(roller.read('status'))).droppedFrames).toBe(0);
  });
});
