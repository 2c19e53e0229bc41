import type { GattProfile } from './profile.ts';

/** A notification or indication that a firmware wants to send. */
export interface RadioOutput {
  /** As its profile names it. */
  readonly characteristic: string;
  readonly bytes: Uint8Array;
  /** When it is due, s since power on. */
  readonly dueS: number;
}

/** A firmware as the radio sees it: that of a roller (simulators/roller/port.ts), or of any other sensor that has a profile of its own. */
export interface RadioFirmware {
  /** Name in the scan response. */
  readonly name: string;
  /** Absent: a roller's. */
  readonly profile?: GattProfile;
  read(characteristic: string): Uint8Array;
  /** A write at `nowS`; the answer is to be pushed through the same characteristic, null where there is none. */
  control(request: Uint8Array, mtu: number, nowS: number): Uint8Array | null;
  /** A client has asked for the values of a characteristic. */
  subscribed?(characteristic: string, nowS: number): void;
  breakCells?(count: number): void;
  disconnected(): void;
  advance(nowS: number): readonly RadioOutput[];
  nextDueS(): number | null;
  dropped(output: RadioOutput): void;
}
