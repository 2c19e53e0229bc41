import { EventEmitter } from 'node:events';
import { decodeRequest, encodeResponse, type ControlResponse } from '../../firmware-protocol/control.ts';
import { CHARACTERISTICS, SERVICES, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { createTestFirmware } from '../radio/test-firmware.ts';

type ServiceName = keyof typeof SERVICES;

type Call = 'connect' | 'disconnect' | 'discoverServices' | 'discoverCharacteristics' | 'read' | 'write' | 'notify' | 'updateRssi';

/** What this fake does wrong, as systems and adapters do. */
export interface Faults {
  /** `discover` events stop this long after a scan began (abandonware/noble issues 79, 191, 339). */
  scanDiesAfterMs?: number;
  /** macOS has no cancelConnect. */
  noCancel?: boolean;
  /** Notified while a characteristic is read, before the value. */
  pushesWhileRead?: Buffer;
  /** Calls whose answer never comes. */
  mute?: readonly Call[];
  /** Characteristics it does not have. */
  without?: readonly CharacteristicName[];
}

const ID = 'd8e0a4f1c2b34d5e9f60718293a4b5c6';
const ANSWER_MS = 5;
const ADVERTISING_MS = 100;
const FRAME_MS = 20;

/**
 * Bindings as the macOS and Windows ones are, under the real Noble class: ids that are no addresses, no MTU, a disconnect without a
 * reason, and whatever faults are asked for. It notes the calls it gets.
 */
export class FakeBindings extends EventEmitter {
  readonly faults: Faults;
  readonly calls: string[] = [];
  inRange = true;
  #timers = new Set<NodeJS.Timeout>();
  #scan: NodeJS.Timeout | undefined;
  #frames: NodeJS.Timeout | undefined;
  #connected = false;
  #firmware = createTestFirmware({ name: 'System Roller' });
  #startMs = 0;

  constructor(faults: Faults = {}) {
    super();
    this.faults = faults;
    if (faults.noCancel) Object.assign(this, { cancelConnect: undefined });
  }

  init(): void {
    this.#answer(null, () => this.emit('stateChange', 'poweredOn'));
  }

  stop(): void {
    this.calls.push('stop');
    for (const timer of this.#timers) clearTimeout(timer);
    clearInterval(this.#scan);
    clearInterval(this.#frames);
  }

  startScanning(): void {
    this.calls.push('startScanning');
    clearInterval(this.#scan);
    const startedMs = performance.now();
    this.emit('scanStart', false);
    this.#scan = setInterval(() => {
      const dead = performance.now() - startedMs > (this.faults.scanDiesAfterMs ?? Number.POSITIVE_INFINITY);
      if (!dead && this.inRange && !this.#connected) this.#discover();
    }, ADVERTISING_MS);
  }

  stopScanning(): void {
    clearInterval(this.#scan);
  }

  connect(id: string): void {
    this.calls.push('connect');
    this.#answer('connect', () => {
      this.#connected = true;
      this.emit('connect', id, null);
    });
  }

  cancelConnect(id: string): void {
    this.calls.push('cancelConnect');
    this.#answer(null, () => this.emit('connect', id, 'cancelled'));
  }

  disconnect(id: string): void {
    this.calls.push('disconnect');
    this.#connected = false;
    this.#answer('disconnect', () => this.drop(id));
  }

  /** The link goes, with nothing said about why. */
  drop(id = ID): void {
    this.#connected = false;
    clearInterval(this.#frames);
    this.#firmware.disconnected();
    this.emit('disconnect', id);
  }

  /** The adapter is turned off or on; that its connections are over is told to nobody. */
  power(on: boolean): void {
    if (!on) {
      this.#connected = false;
      clearInterval(this.#scan);
      clearInterval(this.#frames);
      this.#firmware.disconnected();
    }
    this.emit('stateChange', on ? 'poweredOn' : 'poweredOff');
  }

  updateRssi(id: string): void {
    this.#answer('updateRssi', () => this.emit('rssiUpdate', id, -48));
  }

  discoverServices(id: string): void {
    this.calls.push('discoverServices');
    this.#answer('discoverServices', () => this.emit('servicesDiscover', id, Object.values(SERVICES)));
  }

  discoverCharacteristics(id: string, service: string): void {
    const name = (Object.keys(SERVICES) as ServiceName[]).find((one) => SERVICES[one] === service);
    const list = NAMES
      .filter((one) => CHARACTERISTICS[one].service === name && !this.faults.without?.includes(one))
      .map((one) => ({ uuid: CHARACTERISTICS[one].uuid, properties: [...CHARACTERISTICS[one].properties] }));
    this.#answer('discoverCharacteristics', () => this.emit('characteristicsDiscover', id, service, list));
  }

  read(id: string, service: string, characteristic: string): void {
    const value = Buffer.from(this.#firmware.read(nameOf(characteristic)));
    this.#answer('read', () => {
      const { pushesWhileRead } = this.faults;
      if (pushesWhileRead) this.emit('read', id, service, characteristic, pushesWhileRead, true);
      this.emit('read', id, service, characteristic, value, false);
    });
  }

  notify(id: string, service: string, characteristic: string, on: boolean): void {
    this.#answer('notify', () => this.emit('notify', id, service, characteristic, on));
  }

  write(id: string, service: string, characteristic: string, data: Buffer, withoutResponse: boolean): void {
    const request = decodeRequest(data);
    this.calls.push(`write ${request.ok ? request.value.procedure : '?'} ${withoutResponse ? 'without' : 'with'} response`);
    this.#answer('write', () => {
      this.emit('write', id, service, characteristic);
      const response = this.#firmware.control(data, 185, this.#nowS());
      if (request.ok && request.value.procedure === 'start') this.#stream(id);
      this.emit('read', id, service, characteristic, Buffer.from(response), true);
    });
  }

  /** An indication nobody asked for. */
  indicate(response: ControlResponse): void {
    this.emit('read', ID, SERVICES.roller, CHARACTERISTICS.control.uuid, Buffer.from(encodeResponse(response)), true);
  }

  #nowS(): number {
    return (performance.now() - this.#startMs) / 1000;
  }

  #stream(id: string): void {
    this.#frames = setInterval(() => {
      for (const { bytes } of this.#firmware.advance(this.#nowS())) {
        this.emit('read', id, SERVICES.roller, CHARACTERISTICS.stream.uuid, Buffer.from(bytes), true);
      }
    }, FRAME_MS);
  }

  #discover(): void {
    const advertisement = { localName: 'System Roller', serviceUuids: [SERVICES.roller], serviceData: [] };
    this.emit('discover', ID, '', 'unknown', true, advertisement, -50, true);
  }

  #answer(call: Call | null, emit: () => void): void {
    if (call && this.faults.mute?.includes(call)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      emit();
    }, ANSWER_MS);
    this.#timers.add(timer);
  }
}

const NAMES = Object.keys(CHARACTERISTICS) as CharacteristicName[];
const nameOf = (uuid: string): CharacteristicName => NAMES.find((name) => CHARACTERISTICS[name].uuid === uuid)!;
