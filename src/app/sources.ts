import { EMPTY, Subject } from 'rxjs';
import { createAir } from '../../simulators/radio/air.ts';
import { createFaultyFirmware } from '../../simulators/faults/firmware.ts';
import { scheduleFaults } from '../../simulators/faults/schedule.ts';
import type { Fault } from '../../simulators/faults/script.ts';
import { createRandom } from '../../simulators/random.ts';
import { createVirtualRoller, LOOP_REST_S } from '../../simulators/roller/roller.ts';
import { DEFAULT_SCENARIO, findScenario, SCENARIOS } from '../../simulators/scenarios/library.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { openNoble } from '../link/ble/noble.ts';
import type { CommandEvent } from '../pipeline.ts';
import { createPlayer } from '../sessions/player.ts';
import { readRecording } from '../sessions/reader.ts';
import { faultsOf } from './faults.ts';
import { linkOverNoble } from './noble-source.ts';
import type { Source } from './source.ts';

export interface SourceOptions {
  readonly source: 'simulator' | 'ble' | 'replay';
  readonly scenario?: string | undefined;
  readonly seed: number;
  /** What goes wrong on the simulated radio, as simulators/faults/script.ts reads it. */
  readonly faults?: string | undefined;
  readonly recording?: string | undefined;
  readonly rate: number;
  readonly device?: string | undefined;
}

interface SourceContext {
  readonly clock: Clock;
  /** Gets the one line on what is missing. */
  readonly report: (line: string) => void;
}

type OpenSource = (options: SourceOptions, context: SourceContext) => Promise<Source>;

const ROLLER_ADDRESS = 'f0:00:00:00:00:01';

/** How each kind of source is opened. Rejects with E_SCENARIO, E_USAGE or what reading a recording rejects with. */
export const SOURCES: Readonly<Record<SourceOptions['source'], OpenSource>> = {
  simulator: async (options, { clock, report }) => {
    const { scenario: name = DEFAULT_SCENARIO.name, seed } = options;
    const faults = faultsOf(options);
    const scenario = findScenario(name);
    if (scenario === null) {
      throw new AppError('E_SCENARIO', `there is no scenario ${name}`, `choose one of ${SCENARIOS.map((each) => each.name).join(', ')}`);
    }
    const air = createAir({ seed });
    const adapter = air.central();
    const firmware = createFaultyFirmware((begunAgoS) => createVirtualRoller({ scenario, seed, loop: true, begunAgoS }), createRandom(seed, 'stale'));
    const roller = air.peripheral(firmware, { address: ROLLER_ADDRESS });
    const told = (fault: Fault, phase: string): void => report(`fault ${fault.kind} ${phase}`);
    // Advice about adapters would mislead here: a software radio that does not start is a fault of the program.
    const opening = openNoble({ hciSocket: adapter }).catch((cause: unknown) => {
      throw new AppError('E_INTERNAL', 'the software radio did not start', 'please report this', { cause });
    });
    // Their time begins when the adapter is up.
    const schedule = opening.then(() => scheduleFaults({ faults, targets: { air, adapter, roller, firmware }, seed, told }));
    const link = linkOverNoble({ opening, device: null, clock, onMissing: (error) => report(error.line) });
    return {
      kind: 'simulated',
      title: `simulated roller, scenario ${scenario.name}`,
      scenario: scenario.name,
      seed,
      link,
      clock,
      commands$: EMPTY,
      script: { commands: scenario.commands, periodS: scenario.segments.reduce((sum, { seconds }) => sum + seconds, LOOP_REST_S) },
      start: 'first-frame',
      close: async () => {
        await schedule.then((begun) => begun.close(), () => undefined);
        await link.close().finally(() => air.close());
      },
    };
  },

  ble: async (options, { clock, report }) => {
    const { device = null } = options;
    faultsOf(options);
    const link = linkOverNoble({ opening: openNoble(), device, clock, onMissing: (error) => report(error.line) });
    return {
      kind: 'live',
      title: device === null ? 'the first Bluetooth roller heard' : `Bluetooth roller ${device}`,
      scenario: null,
      seed: null,
      link,
      clock,
      commands$: EMPTY,
      script: null,
      start: 'first-contact',
      close: () => link.close(),
    };
  },

  replay: async (options, { clock, report }) => {
    const { recording: file, rate } = options;
    faultsOf(options);
    if (file === undefined) throw new AppError('E_USAGE', 'there is nothing to replay', 'say which: --recording FILE');
    const recording = await readRecording(file);
    if (recording.damage !== null) report(`${file}: ${recording.damage}; what is left is played`);
    const commands$ = new Subject<CommandEvent>();
    const player = createPlayer({ recording, rate, clock, onCommand: (command) => commands$.next(command) });
    return {
      kind: 'replay',
      title: `recording ${file}${rate === 1 ? '' : ` at ${rate} times its speed`}`,
      scenario: recording.meta.scenario,
      seed: recording.meta.seed,
      link: player,
      clock: player.clock,
      commands$,
      script: null,
      start: 'first-frame',
      close: () => Promise.resolve(),
    };
  },
};
