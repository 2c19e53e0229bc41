import type { DeviceBlock } from '../../motion/block.ts';
import type { DecoderState, FrameEvent } from './decoder.ts';
import type { Advertisement, Driver } from './driver.ts';
import { rollerV1 } from './roller-v1-link.ts';
import { witMotion } from './witmotion/driver.ts';

/** Every kind of sensor that can be used. Another one is its driver and a place in this list. */
const DRIVERS: readonly Driver[] = [rollerV1, witMotion];

/** The driver of whoever sends an advertisement; null: nobody that is known. */
export const driverOf = (advertisement: Advertisement): Driver | null => DRIVERS.find((driver) => driver.recognises(advertisement)) ?? null;

/** By the name in an identity. Recordings of before there were names, and of names not known, are of our own protocol. */
const driverNamed = (name: string | null): Driver => BY_NAME.get(name) ?? rollerV1;
const BY_NAME = new Map<string | null, Driver>(DRIVERS.map((driver) => [driver.name, driver]));

export const createDecoder = (name: string | null = null): DecoderState => driverNamed(name).createDecoder();

/** The decoder for a driver; what is known of the roller goes over to it. The same where it is that driver's already. */
export function withDriver(state: DecoderState, name: string): DecoderState {
  const driver = driverNamed(name);
  if (driver.name === state.driver) return state;
  const { driver: _before, info, geometry, status, batteryPct, frames, faults, lastFault } = state;
  return { ...driver.createDecoder(), info, geometry, status, batteryPct, frames, faults, lastFault };
}

/** Reads one frame by the driver of the state; see Driver. */
export const decodeFrame = (state: DecoderState, event: FrameEvent): DeviceBlock | null => driverNamed(state.driver).decodeEvent(state, event);
