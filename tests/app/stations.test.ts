import { EMPTY } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAir, type Air } from '../../simulators/radio/air.ts';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import { identityOf } from '../../simulators/roller/identity.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import { createConductor, type Conductor } from '../../src/app/conductor.ts';
import { createRadio, type Radio } from '../../src/app/radio.ts';
import { memoryOf } from '../../src/app/recall.ts';
import type { Source, SourceSet } from '../../src/app/source.ts';
import { createStations, type Stations } from '../../src/app/stations.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import { openRemembered, type RememberedRoller, type RememberedRollers } from '../../src/sessions/remembered.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { openStage, scenarioOf } from './stage.ts';

let air: Air;
let radio: Radio;
let stations: Stations;
let remembered: RememberedRollers;
const logged: string[] = [];

/** As many stations over one adapter, each of which takes whom it hears. */
async function open(count: number): Promise<void> {
  fakeTime();
  air = createAir({ seed: 1 });
  remembered = await openRemembered(null, 0);
  radio = createRadio({ opening: openNoble({ hciSocket: air.central() }), clock: systemClock, memory: memoryOf(remembered), onMissing: () => undefined });
  const source: SourceSet = {
    kind: 'live',
    title: 'a test',
    stations: Array.from({ length: count }, () => {
      const link = radio.link(null);
      const rest = { kind: 'live', scenario: null, seed: null, clock: systemClock, script: null, start: 'first-frame', transport: null } as const;
      return { ...rest, inputs$: link.events$, request: link.request, meet: link.meet };
    }),
    listen: radio.listen,
    close: radio.close,
  };
  const keep = (line: string): void => void logged.push(line);
  stations = createStations({
    source,
    remembered,
    software: 'test 0',
    conduct: (each, title) =>
      createConductor({
        source: each, title, remembered, keep: null, config: { coaching: defaultCoachingConfig, overrides: {} }, log: { info: keep, warn: keep },
        calibrations: { personId: null, of: () => null, keep: () => Promise.resolve() }, rollerEdits$: EMPTY, known$: EMPTY,
      }),
  });
  for (const conductor of stations.stations) {
    let cues = 0;
    conductor.open({ hello: nothing, session: nothing, calibration: nothing, playback: nothing, trouble: nothing, cue: () => ++cues });
  }
}

const nothing = (): void => undefined;
const put = (seed: number, address = `f0:00:00:00:00:0${seed}`): PeripheralHandle =>
  air.peripheral(createVirtualRoller({ scenario: scenarioOf('good-rolling'), seed, loop: true }), { address });
const idOf = (seed: number): string => identityOf(seed).id;
const metBefore = (seed: number): RememberedRoller =>
  ({ id: idOf(seed), name: identityOf(seed).name, address: null, tool: 'roller', protocolVersion: 1, batteryPct: null, lastSeenUtcMs: 1 });
const ids = (): (string | undefined)[] => stations.stations.map((conductor) => conductor.roller()?.id);
const streaming = (): number => stations.stations.filter(({ state }) => state.link.state === 'streaming').length;
const stationOf = (seed: number): Conductor => stations.stations.find((conductor) => conductor.roller()?.id === idOf(seed))!;
const doseOf = (conductor: Conductor): number => conductor.session().doses.reduce((sum, { doseS }) => sum + doseS, 0);

beforeEach(() => void (logged.length = 0));
afterEach(async () => {
  await stations.close();
  await settled(radio.close());
  air.close();
  await pass(5);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('stations over one radio', () => {
  it('take a roller each, and none loses a frame', async () => {
    await open(4);
    for (const seed of [1, 2, 3, 4]) put(seed);
    await passUntil(() => streaming() === 4);
    await pass(20_000);
    expect(new Set(ids())).toEqual(new Set([1, 2, 3, 4].map(idOf)));
    for (const { state } of stations.stations) {
      expect(state.quality).toMatchObject({ lost: 0, gaps: 0 });
      expect(state.quality.frames).toBeGreaterThan(990);
    }
    expect(new Set(stations.stations.map((conductor) => conductor.session().id)).size).toBe(4);
  });

  it('have their roller back behind another address, with session and dose, though another station looks for any', async () => {
    await open(3);
    const gone = put(1);
    put(2);
    await passUntil(() => streaming() === 2);
    await pass(15_000);
    const own = stationOf(1);
    const [session, dose] = [own.session().id, doseOf(own)];
    expect(dose).toBeGreaterThan(5);
    gone.vanish();
    await passUntil(() => own.state.link.state === 'scanning');
    put(1, 'f0:00:00:00:00:c1');
    await passUntil(() => own.state.link.state === 'streaming', 10_000);
    await pass(15_000);
    expect(stationOf(1)).toBe(own);
    expect(own.session().id).toBe(session);
    expect(doseOf(own)).toBeGreaterThan(dose + 5);
    expect(streaming()).toBe(2);
    expect(remembered.all().find(({ id }) => id === idOf(1))?.address).toBe('f0:00:00:00:00:c1');
  });

  it('tell who is in the air: theirs, one that was met before, and a stranger; and can take one of those', async () => {
    await open(1);
    const met = { ...metBefore(2), address: 'f0:00:00:00:00:99', batteryPct: 33 };
    put(1);
    await passUntil(() => streaming() === 1);
    await remembered.remember(met);
    put(2);
    put(3);
    const rollers = await settled(stations.scan());
    expect(rollers.map(({ id, name, known, station, batteryPct }) => [id, name, known, station, batteryPct])).toEqual([
      [idOf(1), identityOf(1).name, true, 1, expect.any(Number)],
      ...[[idOf(2), identityOf(2).name, true, null, 33], [null, identityOf(3).name, false, null, null]].toSorted(
        (a, b) => rollers.findIndex(({ name }) => name === a[1]) - rollers.findIndex(({ name }) => name === b[1])),
    ]);
    expect(stations.stations[0]!.state.quality.lost).toBe(0);
    stations.meet(identityOf(3).name, 1);
    expect(ids()).toEqual([undefined]);
    await passUntil(() => streaming() === 0);
    await passUntil(() => streaming() === 1);
    expect(ids()).toEqual([idOf(3)]);
    stations.meet(idOf(1), 1);
    await passUntil(() => ids()[0] === idOf(1), 20_000);
    expect(logged).toContainEqual(`${identityOf(1).name}: looks for ${identityOf(3).name}`);
  });

  it('do not tell of their own roller twice, when it is lost and advertises', async () => {
    const stage = openStage({ scenario: 'good-rolling' });
    stage.play(1);
    const roller = { ...stage.conductor.state.roller!, address: 'f0:00:00:00:00:01' };
    stage.link$.next({ type: 'info', roller, arrivalS: stage.clock.nowS });
    await open(1);
    const own = { name: 'as it is called now', address: 'f0:00:00:00:00:01', rssiDbm: -60 };
    const other = { name: 'Other', address: null, rssiDbm: -70 };
    const source: SourceSet = { kind: 'live', title: '', stations: [{} as Source], listen: () => Promise.resolve([own, other]), close: radio.close };
    const told = createStations({ source, remembered, software: '', conduct: () => stage.conductor });
    expect((await told.scan()).map(({ name, station }) => [name, station])).toEqual([[roller.name, 1], ['Other', null]]);
  });

  it('prefer a roller that was met before to a stranger that is heard first', async () => {
    await open(1);
    await remembered.remember(metBefore(2));
    put(1);
    await pass(500);
    put(2);
    await passUntil(() => streaming() === 1);
    expect(ids()).toEqual([idOf(2)]);
  });
});
