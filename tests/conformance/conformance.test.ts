import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PROCEDURES, RESULT_CODES } from '../../firmware-protocol/control.ts';
import { decodeStream, encodeStream } from '../../firmware-protocol/stream.ts';
import { BALL, STICK } from '../../simulators/roller/build.ts';
import { SENSORS } from '../../simulators/roller/sensors.ts';
import { findScenario } from '../../simulators/scenarios/library.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { BENCH_SCENARIO } from '../../src/cli/bench-scenario.ts';
import type { Arrived, Evidence } from '../../src/conformance/evidence.ts';
import { EXCHANGES } from '../../src/conformance/exchanges.ts';
import { CHECKS, judge } from '../../src/conformance/judge.ts';
import { fakeTime } from '../radio/virtual-time.ts';
import { broken, evidenceOf, failed, planted, virtualRoller } from './bench.ts';
import { plants } from './plants.ts';

beforeAll(fakeTime);
afterAll(() => void vi.useRealTimers());

/** Every check that has found something, in all tests of this file. */
const proven = new Set<string>();
const find = (found: readonly string[]): void => found.forEach((id) => proven.add(id));

let good: Evidence;
beforeAll(async () => {
  good = await evidenceOf(virtualRoller());
});

describe('the virtual roller', () => {
  test('keeps every demand, and none is left out', () => {
    expect(judge(good).filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  test.each<[string, Partial<Scenario>]>([
    ['a ball', { roller: BALL }],
    ['a stick', { roller: STICK }],
    ['cheap sensors', { sensors: SENSORS.mpu6050 }],
    ['better ones, the roller about z', { sensors: SENSORS.bmi270, roller: { ...BENCH_SCENARIO.roller, axis: 'z' } }],
    ['a mount far off the axis', { roller: { ...BENCH_SCENARIO.roller, axis: 'y', mountCm: [4, 3] } }],
  ])('%s breaks nothing', async (_what, change) => {
    expect(broken(await evidenceOf(virtualRoller({ ...BENCH_SCENARIO, ...change })))).toEqual([]);
  });

  test.each([
    ['s01', 'skipped'],
    ['s15-piriformis-slow', 'skipped'],
    ['s03', 'pass'],
    ['s07-', 'pass'],
    ['slip', 'pass'],
  ])('rolling as in %s is no gyroscope that turns the wrong way', async (name, outcome) => {
    const findings = judge(await evidenceOf(virtualRoller(findScenario(name)!)));
    expect(findings.find(({ id }) => id === 'sensors/turning')).toMatchObject({ outcome });
  });

  test('leaves no timer behind', () => expect(vi.getTimerCount()).toBe(0));

  test('refuses to start with packets that are too small, which is as it should be', async () => {
    const findings = judge(await evidenceOf(virtualRoller(), { mtu: 64 }));
    expect(failed(findings)).toEqual([]);
    const outcome = (id: string): string | undefined => findings.find((finding) => finding.id === id)?.outcome;
    expect(outcome('gatt/mtu-at-start')).toBe('pass');
    expect(outcome('gatt/mtu-offered')).toBe('advice');
    expect(outcome('stream/layout')).toBe('skipped');
  });
});

describe('a violation planted in the firmware is found by its check and no other', () => {
  test.each(plants())('$what', async ({ what: _what, found, mtu, ...plant }) => {
    const evidence = await evidenceOf(planted(virtualRoller(), plant), mtu === undefined ? {} : { mtu });
    expect(broken(evidence).toSorted()).toEqual(found.toSorted());
    find(found);
  });
});

/** Exchanges that cannot be made when the one before has failed. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = { 'start-again': ['control/stop-again'] };

/** Requests before those of the table. */
const FIRST_CALL = 1;

describe('a wrong answer is found by the check of its exchange and no other', () => {
  // The first is the `start` of the connection that is left; the one that is written before indications are enabled does not reach the firmware.
  test.each(EXCHANGES.map(({ name, request: _request, results }, index) => ({ name, results, call: index + FIRST_CALL })))('$name', async ({ name, results, call }) => {
    const wrong = results.includes('operationFailed') ? RESULT_CODES.mtuTooSmall : RESULT_CODES.operationFailed;
    const firmware = planted(virtualRoller(), {
      control: (request, count, obey) => (count === call ? Uint8Array.of(0x80, request[0] ?? 0, wrong) : obey()),
    });
    const found = [`control/${name}`, ...(FOLLOWS[name] ?? [])];
    expect(broken(await evidenceOf(firmware))).toEqual(found);
    find(found);
  });

  test('another op code than that of the request', async () => {
    const firmware = planted(virtualRoller(), { control: (request, _call, obey) => (request[0] === 0x2a ? Uint8Array.of(0x80, 0x2b, 2) : obey()) });
    expect(broken(await evidenceOf(firmware))).toEqual(['control/unknown-op-code', 'control/unknown-op-code-while-streaming']);
  });

  test('an answer that is none', async () => {
    const firmware = planted(virtualRoller(), { control: (request, _call, obey) => (request.length === 0 ? Uint8Array.of(0x80) : obey()) });
    expect(broken(await evidenceOf(firmware))).toEqual(['control/no-bytes']);
  });

  test('rates granted but not used', async () => {
    const lie = Uint8Array.of(0x80, PROCEDURES.setRate.opCode, 1, 0x40, 0x0d, 3, 0, 0x50, 0xc3, 0, 0, 4);
    const firmware = planted(virtualRoller(), { control: (request, _call, obey) => (request[0] === PROCEDURES.setRate.opCode && request.length === 10 ? lie : obey()) });
    expect(broken(await evidenceOf(firmware))).toContain('info/rates-granted');
  });
});

describe('what a firmware behind this radio cannot do wrong', () => {
  const ofControl = '81bb0005c6dd42cb9747773742386231';
  const withControl = (change: object): Evidence => ({
    ...good,
    characteristics: good.characteristics.map((each) => (each.uuid === ofControl ? { ...each, ...change } : each)),
  });

  /** The info value and the frames of a roller that has no cells; what it answered stays. */
  const withoutCells = (evidence: Evidence): Evidence => {
    const bare = (bytes: Uint8Array): Uint8Array => {
      const head = Uint8Array.from(bytes.subarray(0, 40));
      head.set([0, 0, 0, 0], 28);
      head[33] = 0;
      return head;
    };
    const unloaded = ({ bytes, arrivalS }: Arrived): Arrived => {
      const decoded = decodeStream(bytes);
      if (!decoded.ok) throw new Error(decoded.fault.detail);
      return { arrivalS, bytes: encodeStream({ ...decoded.value, readingCount: 0, cellCount: 0, pressure: new Uint16Array() }) };
    };
    return {
      ...evidence,
      values: { ...evidence.values, info: bare(evidence.values.info!) },
      infoAfter: evidence.infoAfter.filter(({ exchange }) => exchange === null).map(({ exchange, bytes }) => ({ exchange, bytes: bare(bytes) })),
      runs: evidence.runs.map((run) => ({ ...run, frames: run.frames.map(unloaded) })),
    };
  };

  test.each<[string, () => Evidence, readonly string[]]>([
    ['a table without the control point', () => ({ ...good, characteristics: good.characteristics.filter(({ uuid }) => uuid !== ofControl) }), ['gatt/characteristics']],
    ['a characteristic in another service', () => withControl({ service: '180f' }), ['gatt/characteristics']],
    ['a property too many', () => withControl({ properties: ['write', 'indicate', 'read'] }), ['gatt/properties']],
    ['no configuration descriptor', () => withControl({ configuration: null }), ['gatt/configuration']],
    ['indications enabled before anybody asked', () => withControl({ configuration: Uint8Array.of(2, 0) }), ['gatt/configuration']],
    ['no name heard', () => ({ ...good, name: null }), ['gatt/name']],
    ['a tare without cells', () => withoutCells(good), ['control/tare']],
    ['frames after the stop', () => ({ ...good, strayFrames: good.runs[0]!.frames.slice(0, 2) }), ['stream/between-start-and-stop']],
    [
      'a stream that begins late',
      () => ({ ...good, runs: good.runs.map((run) => ({ ...run, startedS: run.startedS - 1 })) }),
      ['stream/first-frame'],
    ],
    [
      'answers after 2.5 s',
      () => ({ ...good, exchanges: good.exchanges.map((each) => ({ ...each, askedS: each.askedS - 2.5 })) }),
      ['control/in-time'],
    ],
    ['no answer', () => ({ ...good, exchanges: good.exchanges.map((each, index) => (index === 3 ? { ...each, answers: [] } : each)) }), ['control/unknown-op-code-with-parameters']],
  ])('%s', (_what, evidence, found) => {
    expect(broken(evidence())).toEqual(found);
    find(found);
  });

  test.each<[string, () => Evidence, string]>([
    ['less MTU than is advised', () => ({ ...good, mtu: 185 }), 'gatt/mtu-offered'],
    ['six status values in a second', () => ({ ...good, statuses: [...Array.from({ length: 6 }, () => good.statuses[0]!), ...good.statuses] }), 'status/not-too-often'],
    ['a last frame of one sample', () => ({ ...good, runs: good.runs.map((run, index) => (index === 0 ? { ...run, frames: shortened(run.frames) } : run)) }), 'stream/samples-per-frame'],
  ])('%s is advised against, and breaks nothing', (_what, evidence, id) => {
    const findings = judge(evidence());
    expect(findings.filter(({ outcome }) => outcome !== 'pass').map((finding) => [finding.id, finding.outcome])).toEqual([[id, 'advice']]);
    find([id]);
  });
});

function shortened(frames: readonly Arrived[]): readonly Arrived[] {
  const { bytes, arrivalS } = frames.at(-1)!;
  const decoded = decodeStream(bytes);
  if (!decoded.ok) throw new Error(decoded.fault.detail);
  const { value } = decoded;
  return [...frames.slice(0, -1), { arrivalS, bytes: encodeStream({ ...value, imuCount: 1, imu: value.imu.slice(0, 6) }) }];
}

test('nothing collected is judged without a throw, and passes nowhere where it matters', () => {
  const nothing: Evidence = {
    name: null, mtu: null, characteristics: [], leftStreaming: false, values: {}, infoAfter: [], statuses: [], statusAtEnd: null, exchanges: [], runs: [], strayFrames: [], watchedFromS: 0, watchedToS: 0,
  };
  expect(broken(nothing)).toEqual(['gatt/characteristics', 'gatt/name', 'info/layout', 'status/layout']);
});

test('every check has found something', () => {
  expect(CHECKS.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([]);
});
