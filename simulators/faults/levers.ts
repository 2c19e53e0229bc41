import type { Air } from '../radio/air.ts';
import type { RequestKind } from '../radio/att-server.ts';
import type { VirtualHciSocket } from '../radio/hci-socket.ts';
import type { PeripheralHandle } from '../radio/peripheral.ts';
import type { FaultyFirmware } from './firmware.ts';

/** A roller on air, as faults act on it. */
export interface FaultyRoller {
  readonly roller: PeripheralHandle;
  readonly firmware: Pick<FaultyFirmware, 'reboot' | 'repeatStale' | 'breakCells'>;
}

/** What faults act on: a roller, the adapter that looks for it, and the air between. */
export interface FaultTargets extends FaultyRoller {
  readonly air: Pick<Air, 'setLoss'>;
  readonly adapter: Pick<VirtualHciSocket, 'powerOff' | 'powerOn'>;
}

/** Brings a target to what all that pull at a lever want together; with nobody left, to what it is without faults. */
type Lever = (targets: FaultTargets, values: readonly number[]) => void;

const refusing = (kind: RequestKind): Lever => ({ roller }, codes) => roller.refuse(kind, codes.at(-1) ?? null);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const LEVERS = {
  loss: ({ air }, ratios) => air.setLoss(1 - ratios.reduce((heard, ratio) => heard * (1 - ratio), 1)),
  unheard: ({ roller }, values) => roller.silence(values.length > 0),
  rollerOff: ({ roller }, values) => (values.length > 0 ? roller.vanish() : roller.reappear()),
  adapterOff: ({ adapter }, values) => (values.length > 0 ? adapter.powerOff() : adapter.powerOn()),
  reboot: ({ firmware }, values) => values.length > 0 && firmware.reboot(),
  hangUp: ({ roller }, values) => values.length > 0 && roller.drop(),
  refuseDiscovery: refusing('discover'),
  refuseReads: refusing('read'),
  refuseSubscriptions: refusing('subscribe'),
  refuseWrites: refusing('write'),
  mtu: ({ roller }, sizes) => roller.offerMtu(sizes.length > 0 ? Math.min(...sizes) : null),
  answerDelay: ({ roller }, delaysMs) => roller.slowDown(sum(delaysMs)),
  staleFrames: ({ firmware }, counts) => firmware.repeatStale(Math.max(0, ...counts)),
  brokenCells: ({ firmware }, counts) => firmware.breakCells(Math.max(0, ...counts)),
  fade: ({ roller }, fadesDb) => roller.fade(sum(fadesDb)),
} as const satisfies Readonly<Record<string, Lever>>;

/** Pulls a lever until the returned function is called: faults that overlap add up, and none undoes another. */
export type Hold = (lever: keyof typeof LEVERS, value: number) => () => void;

export function createLevers(targets: FaultTargets): Hold {
  const held = new Map<keyof typeof LEVERS, Set<{ readonly value: number }>>();
  return (lever, value) => {
    const holders = held.get(lever) ?? new Set();
    held.set(lever, holders);
    const apply = (): void => {
      LEVERS[lever](targets, [...holders].map((holder) => holder.value));
    };
    const mine = { value };
    holders.add(mine);
    apply();
    return () => {
      holders.delete(mine);
      apply();
    };
  };
}
