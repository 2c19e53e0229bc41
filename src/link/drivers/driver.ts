import type { ControlRequest, ControlResponse } from '../../../firmware-protocol/control.ts';
import type { DeviceBlock } from '../../motion/block.ts';
import type { FrameSource, RollerIdentity } from '../port.ts';
import type { DecoderState, FrameEvent } from './decoder.ts';

/** What an advertisement tells of who sends it, as far as it has been heard. */
export interface Advertisement {
  readonly localName?: string | undefined;
  /** Lower case, no dashes, 16-bit ones as four digits. */
  readonly serviceUuids?: readonly string[] | undefined;
}

/** How a sensor that does not know sits in its roller, as the person says. */
export interface Mounting {
  readonly radiusMm: number;
  /** Sensor axis along the axis of rotation; `auto`: found from the motion. */
  readonly axis: 'x' | 'y' | 'z' | 'auto';
}

/** A characteristic as drivers name it: one whose values become frames, or `settings`, which is only written to. */
export type GattName = FrameSource | 'settings';

export interface GattSlot {
  /** Whichever of these it has: some sensors come with either of two. */
  readonly uuids: readonly string[];
  /** Without it the sensor is of no use. */
  readonly needed?: true;
  /** It notifies or indicates, and what it sends is passed on. */
  readonly pushed?: true;
}

/** One step of a connection, as a driver sees it. Every promise rejects with a coded error when the connection ends or the step takes too long. */
export interface Gatt {
  /** The address without its colons, or what the system uses instead. */
  readonly id: string;
  readonly address: string | null;
  readonly localName: string | null;
  readonly rssiDbm: number;
  has(name: GattName): boolean;
  /** Empty where the read was refused. */
  read(name: GattName): Promise<Uint8Array>;
  /** Null where there is no text. */
  readText(name: GattName): Promise<string | null>;
  subscribe(name: GattName): Promise<void>;
  /** Rejects where it is not taken within a second. */
  write(name: GattName, bytes: Uint8Array): Promise<void>;
  /** The first value pushed from now on that is accepted. */
  until(name: GattName, accepts?: (bytes: Uint8Array) => boolean): Promise<Uint8Array>;
  /** A procedure of the control point. */
  request(request: ControlRequest): Promise<ControlResponse>;
  pause(ms: number): Promise<void>;
}

/** Who a sensor is, and its first values: the info value, then what else there is to know. */
export interface Introduction {
  readonly roller: RollerIdentity;
  readonly values: readonly (readonly [FrameSource, Uint8Array])[];
}

/** All there is to know of a kind of sensor: how it is found, how its stream is started, and how its frames are read. */
export interface Driver<S extends DecoderState = DecoderState> {
  readonly name: string;
  readonly measures: 'motion and pressure' | 'motion only';
  /** Whether an advertisement is of such a sensor. */
  recognises(advertisement: Advertisement): boolean;
  /** Services to be discovered. */
  readonly services: readonly string[];
  readonly characteristics: { readonly [N in GattName]?: GattSlot };
  /** The characteristic whose silence is a lost link. */
  readonly stream: FrameSource;
  /** Asks who it is. Rejects with a coded error where it is none that can be used. */
  introduce(gatt: Gatt, mounting: Mounting): Promise<Introduction>;
  /** Starts the stream; done when its first frame is here. */
  start(gatt: Gatt): Promise<void>;
  createDecoder(): S;
  /** Reads one frame: a block where it has samples, else null; a fault is counted in the state. Never throws. */
  decodeEvent(state: S, event: FrameEvent): DeviceBlock | null;
}
