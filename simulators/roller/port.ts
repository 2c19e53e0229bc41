import type { CharacteristicName } from '../../firmware-protocol/gatt.ts';

/** A notification or indication that a roller wants to send. */
export interface RollerOutput {
  readonly characteristic: CharacteristicName;
  readonly bytes: Uint8Array;
  /** When it is due, s since power on. */
  readonly dueS: number;
}

/**
 * The firmware of a roller without its radio: bytes in, bytes out, and time handed in, so that the software radio can
 * run it by the clock and `simulate` as fast as possible. Time starts at 0 at power on and never goes back.
 */
export interface RollerFirmware {
  /** Name in the scan response. */
  readonly name: string;
  /** Value of a characteristic that can be read. */
  read(characteristic: CharacteristicName): Uint8Array;
  /** A write to the control point at `nowS`; the response is to be indicated. */
  control(request: Uint8Array, mtu: number, nowS: number): Uint8Array;
  /** The central is gone: the stream stops. */
  disconnected(): void;
  /** Everything due up to `nowS`, oldest first; each output is returned once. */
  advance(nowS: number): readonly RollerOutput[];
  /** When `advance` will next have something; null while there is nothing to wait for. */
  nextDueS(): number | null;
  /** So many cells break, the first ones of the info value; 0: all are whole. */
  breakCells?(count: number): void;
  /** An output could not be sent (nobody has asked for it, or the queue of the radio was full): a stream frame is counted in the status value. */
  dropped(output: RollerOutput): void;
}
