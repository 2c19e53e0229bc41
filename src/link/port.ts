import type { Observable } from 'rxjs';
import type { CharacteristicName } from '../../firmware-protocol/gatt.ts';
import type { ControlRequest, ControlResponse } from '../../firmware-protocol/control.ts';

/** Where a link's data come from; told in every snapshot, on every screen and in every export. */
export type SourceKind = 'live' | 'simulated' | 'replay';

/** States of a link. `lost`: a stream that ended unasked; `waiting`: between two attempts; `closed`: asked to end. */
export const LINK_STATES = ['idle', 'scanning', 'connecting', 'discovering', 'subscribing', 'streaming', 'lost', 'waiting', 'closed'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/**
 * Where a frame comes from: a characteristic of our own protocol, or `sensor`, through which a sensor with a protocol of its own speaks: the driver
 * that the identity names reads its bytes.
 */
export type FrameSource = CharacteristicName | 'sensor';

/** Who is at the other end, as far as advertising and Device Information tell. */
export interface RollerIdentity {
  /** The device id of the info value (or what a driver uses instead of it); not the radio address. */
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly rssiDbm: number | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  /** Name of the driver that reads its frames. */
  readonly driver: string;
}

/**
 * Everything that comes from a roller. `arrivalS` is the clock's monotonic time, stamped once, at the rim;
 * a recording keeps these events and nothing derived from them.
 */
export type LinkEvent =
  | { readonly type: 'frame'; readonly characteristic: FrameSource; readonly bytes: Uint8Array; readonly arrivalS: number }
  | { readonly type: 'state'; readonly state: LinkState; readonly reason: string | null; readonly arrivalS: number }
  | { readonly type: 'info'; readonly roller: RollerIdentity; readonly arrivalS: number };

/**
 * A roller. Subscribing to `events$` opens it and unsubscribing closes it and takes everything down; a drop is an
 * event, never a completion. Only a recording that has been played to its end completes.
 * The info value is delivered as a frame of the characteristic `info` before the first stream frame of a connection; where a sensor has
 * none, its driver makes one of what the person says of the roller.
 */
export interface RollerLink {
  readonly events$: Observable<LinkEvent>;
  /** Runs a procedure of the control point. Rejects with a coded error when there is no connection, no answer in time, or the link drops. */
  request(request: ControlRequest): Promise<ControlResponse>;
}
