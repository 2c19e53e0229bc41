import type { EventEmitter } from 'node:events';

/**
 * The part of noble that the link uses. Its own types lack half of it, and only calls without a callback are used: what noble
 * promises stays pending for ever when a link drops, so every answer is awaited as an event (deadline.ts).
 */
export interface Noble extends EventEmitter {
  readonly _state: string;
  readonly _peripherals: Record<string, NoblePeripheral>;
  startScanning(serviceUuids: readonly string[], allowDuplicates: boolean): void;
  stopScanning(): void;
  disconnect(id: string): void;
  /** What noble calls when a peripheral is gone; called by the link where noble was not told. */
  onDisconnect(id: string, reason: unknown): void;
}

/** In units of 1.25 ms, connection events and 10 ms. */
export interface ConnectParameters {
  readonly minInterval: number;
  readonly maxInterval: number;
  readonly latency: number;
  readonly timeout: number;
}

export interface NoblePeripheral extends EventEmitter {
  readonly id: string;
  readonly address: string;
  /** Not known everywhere. */
  readonly connectable?: boolean;
  readonly advertisement: { readonly localName?: string; readonly serviceUuids?: readonly string[] };
  readonly rssi: number;
  readonly state: 'error' | 'connecting' | 'connected' | 'disconnecting' | 'disconnected';
  connect(parameters: ConnectParameters): void;
  cancelConnect(): void;
  disconnect(): void;
  updateRssi(): void;
  discoverServices(uuids: readonly string[]): void;
}

export interface NobleService extends EventEmitter {
  readonly uuid: string;
  discoverCharacteristics(uuids: readonly string[]): void;
}

export interface NobleCharacteristic extends EventEmitter {
  readonly uuid: string;
  readonly properties: readonly string[];
  read(): void;
  write(data: Buffer, withoutResponse: boolean): void;
  subscribe(): void;
}

/** The socket under noble's own Bluetooth stack: whole H4 packets as `data` events, and `error`. */
export interface HciSocket extends EventEmitter {
  setFilter(filter: Buffer): void;
  bindRaw(deviceId?: number): number;
  bindUser(deviceId?: number): number;
  bindControl(): number;
  start(): void;
  stop(): void;
  isDevUp(): boolean;
  write(packet: Buffer): void;
}

/** Not by noble's `state`, whose getter throws where there is no adapter. */
export const adapterState = (noble: Noble): string => noble._state;

export const isAdapterOn = (noble: Noble): boolean => adapterState(noble) === 'poweredOn';

/** Everything that was ever seen; noble itself never forgets. */
export const knownPeripherals = (noble: Noble): readonly NoblePeripheral[] => Object.values(noble._peripherals);
