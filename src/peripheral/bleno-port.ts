import type { EventEmitter } from 'node:events';
import type { HciSocket } from '../link/ble/noble-port.ts';

/**
 * The part of bleno that is used: its own HCI, GAP and GATT. Events: `stateChange` (state), `accept` and `disconnect` (address),
 * `mtuChange` (bytes), `advertisingStart` (error or null), `advertisingStop`.
 */
export interface BlenoBindings extends EventEmitter {
  _state: string | null;
  /** Of the one connection; 0 is one, too. */
  _handle: number | null;
  readonly _hci: BlenoHci;
  readonly _gatt: BlenoGatt;
  readonly onSigIntBinded: () => void;
  init(): void;
  onStateChange(state: string): void;
  setServices(services: readonly object[]): void;
  startAdvertisingWithEIRData(advertisement: Buffer, scanResponse: Buffer): void;
  stopAdvertising(): void;
  disconnect(): void;
}

export interface BlenoHci extends EventEmitter {
  _isDevUp: boolean | null;
  readonly address?: string;
  readonly _socket: HciSocket;
  /** Packets that wait for the adapter, and the longest that it takes, bytes. */
  readonly _aclOutQueue: readonly unknown[];
  readonly _aclMtu: number;
  /** Packets of which not all has come. */
  readonly _handleBuffers: Record<string, { readonly length: number; readonly data: Buffer }>;
  setSocketFilter(): void;
  init(): void;
  initDev(): void;
  pollIsDevUp(): void;
  onSocketData(packet: Buffer): void;
  onSocketError(error: NodeJS.ErrnoException): void;
  disconnect(handle: number): void;
}

export interface BlenoGatt {
  /** The attribute table by handle; the place 0 is empty. */
  readonly _handles: readonly ({ readonly uuid?: string; value?: Buffer | null } | undefined)[];
  handleRequest(pdu: Buffer): void;
  errorResponse(opCode: number, handle: number, error: number): Buffer;
  send(pdu: Buffer): void;
}

/** What a characteristic of bleno is made of. An error code of 0 is a success. */
export interface CharacteristicOptions {
  readonly uuid: string;
  readonly properties: readonly string[];
  readonly onReadRequest: (offset: number, done: (error: number, value: Buffer | null) => void) => void;
  readonly onWriteRequest: (value: Buffer, offset: number, withoutResponse: boolean, done: (error: number) => void) => void;
  readonly onSubscribe: (longest: number, send: (value: Buffer) => void) => void;
  readonly onUnsubscribe: () => void;
  /** An indication was confirmed. */
  readonly onIndicate: () => void;
}

export interface BlenoClasses {
  readonly Characteristic: new (options: CharacteristicOptions) => object;
  readonly PrimaryService: new (options: { readonly uuid: string; readonly characteristics: readonly object[] }) => object;
}
