import { CHARACTERISTICS, type CharacteristicName } from '../../../firmware-protocol/gatt.ts';
import type { Clock } from '../../clock.ts';
import { connect, disconnect, watchConnection } from './connection.ts';
import { answer, pause, within } from './deadline.ts';
import { listen, notUsable, read, subscribe } from './gatt-session.ts';
import type { NobleHandle } from './noble.ts';
import type { NobleCharacteristic, NoblePeripheral, NobleService } from './noble-port.ts';

/** A characteristic as discovery finds it. */
export interface BenchCharacteristic {
  readonly service: string;
  readonly uuid: string;
  readonly properties: readonly string[];
  /** Client Characteristic Configuration as read after discovery; empty where the read was refused, null where there is none. */
  readonly configuration: Uint8Array | null;
}

/** A connected roller with nothing in between: its table as found, and raw bytes. The link proper is ble-link.ts. */
export interface Bench {
  readonly name: string | null;
  /** What its MTU is, bytes; null where the system does not tell. */
  readonly mtu: number | null;
  readonly characteristics: readonly BenchCharacteristic[];
  /** An empty value where the read is refused. */
  read(name: CharacteristicName): Promise<Uint8Array>;
  subscribe(name: CharacteristicName, heard: (arrived: { readonly bytes: Uint8Array; readonly arrivalS: number }) => void): Promise<void>;
  /** Writes any bytes to the control point. noble does not tell a refusal. */
  write(request: Uint8Array): void;
  nowS(): number;
  pause(seconds: number): Promise<void>;
}

const CONNECTING_MS = 10_000;
const DISCOVERING_MS = 20_000;
const ANSWER_MS = 5000;
const CONFIGURATION = '2902';

interface FoundDescriptor extends NodeJS.EventEmitter {
  readonly uuid: string;
  readValue(): void;
}

/** What noble knows beyond what the link uses. */
type InspectedPeripheral = NoblePeripheral & { readonly mtu?: number | null };
type InspectedCharacteristic = NobleCharacteristic & { readonly properties: readonly string[]; discoverDescriptors(): void };

/**
 * Connects to a roller that was heard, lets `work` at it, and disconnects whatever comes of it. Rejects with E_LINK_LOST or
 * E_LINK_TIMEOUT when the connection cannot be made or ends, and with the reason of `signal`.
 */
export async function onBench<T>(
  noble: NobleHandle, peripheral: NoblePeripheral, { clock, signal }: { clock: Clock; signal: AbortSignal }, work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const connection = watchConnection(noble.noble, peripheral);
  const parents = [connection.gone, signal];
  const takeDown: (() => void)[] = [];
  try {
    await noble.connecting(() => within(CONNECTING_MS, 'connecting', parents, (ending) => connect(noble.noble, peripheral, ending)));
    const found = await within(DISCOVERING_MS, 'discovering', parents, (ending) => discoverAll(peripheral, ending));
    return await within(null, 'the bench', parents, async (ending) => await work(createBench(peripheral, found, { clock, signal: ending, takeDown })));
  } finally {
    for (const end of takeDown) end();
    await disconnect(noble, peripheral, signal);
    connection.release();
  }
}

interface Found extends BenchCharacteristic {
  readonly characteristic: InspectedCharacteristic;
}

async function discoverAll(peripheral: NoblePeripheral, signal: AbortSignal): Promise<readonly Found[]> {
  const [services] = await answer<[NobleService[]]>(peripheral, 'servicesDiscover', signal, () => peripheral.discoverServices([]));
  const found: Found[] = [];
  for (const service of services) {
    const ask = (): void => service.discoverCharacteristics([]);
    const [characteristics] = await answer<[InspectedCharacteristic[]]>(service, 'characteristicsDiscover', signal, ask);
    for (const characteristic of characteristics) {
      const { uuid, properties } = characteristic;
      const isOurs = Object.values(CHARACTERISTICS).some((each) => each.uuid === uuid);
      const configuration = isOurs ? await configurationOf(characteristic, signal) : null;
      found.push({ service: service.uuid, uuid, properties, configuration, characteristic });
    }
  }
  return found;
}

async function configurationOf(characteristic: InspectedCharacteristic, signal: AbortSignal): Promise<Uint8Array | null> {
  const ask = (): void => characteristic.discoverDescriptors();
  const [descriptors] = await answer<[FoundDescriptor[]]>(characteristic, 'descriptorsDiscover', signal, ask);
  const descriptor = descriptors.find(({ uuid }) => uuid === CONFIGURATION);
  if (!descriptor) return null;
  const [value] = await answer<[Buffer | undefined]>(descriptor, 'valueRead', signal, () => descriptor.readValue());
  return new Uint8Array(value ?? []);
}

interface BenchContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly takeDown: (() => void)[];
}

function createBench(peripheral: NoblePeripheral, found: readonly Found[], { clock, signal, takeDown }: BenchContext): Bench {
  const named = (name: CharacteristicName): InspectedCharacteristic => {
    const characteristic = found.find(({ uuid }) => uuid === CHARACTERISTICS[name].uuid)?.characteristic;
    if (!characteristic) throw notUsable(`it has no ${name} characteristic`);
    return characteristic;
  };
  const asking = <T>(what: string, ask: (ending: AbortSignal) => Promise<T>): Promise<T> => within(ANSWER_MS, what, [signal], ask);
  return {
    name: peripheral.advertisement.localName ?? null,
    mtu: (peripheral as InspectedPeripheral).mtu ?? null,
    characteristics: found.map(({ service, uuid, properties, configuration }) => ({ service, uuid, properties, configuration })),
    // async: a characteristic that is missing rejects
    read: async (name) => asking(`reading ${name}`, (ending) => read(named(name), ending)),
    subscribe: async (name, heard) => {
      const characteristic = named(name);
      takeDown.push(listen(characteristic, (bytes) => heard({ bytes, arrivalS: clock.monotonicS() })));
      await asking(`subscribing to ${name}`, (ending) => subscribe(characteristic, ending));
    },
    write: (request) => named('control').write(Buffer.from(request), false),
    nowS: () => clock.monotonicS(),
    pause: (seconds) => pause(seconds * 1000, signal),
  };
}
