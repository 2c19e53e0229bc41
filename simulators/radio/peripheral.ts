import type { RequestKind } from './att-server.ts';
import type { Controller } from './controller.ts';
import type { RadioFirmware } from './firmware.ts';
import { createGattHost } from './gatt-host.ts';
import { ROLLER_PROFILE } from './profile.ts';

export interface PeripheralOptions {
  /** `f0:...`: a static random address, as a roller has. */
  readonly address: string;
  /** Strength at the central, dBm. */
  readonly rssiDbm?: number;
  /** The largest MTU it offers, bytes. */
  readonly mtu?: number;
  /** Notifications it can hold back while the air is not clear. */
  readonly queueFrames?: number;
}

/** A roller on air, and what may happen to it. */
export interface PeripheralHandle {
  /** Not heard for a while; a link survives what is shorter than its supervision timeout. */
  blackout(ms: number): void;
  /** Neither heard nor hearing until it is taken back. */
  silence(on: boolean): void;
  /** The battery is out: silence, without a goodbye. */
  vanish(): void;
  /** The battery is in again: it advertises. */
  reappear(): void;
  /** It ends the connection itself. */
  drop(): void;
  /** Requests of a kind are refused with this ATT error until null is given. */
  refuse(kind: RequestKind, error: number | null): void;
  /** Every ATT request is answered so much later. */
  slowDown(ms: number): void;
  /** The largest MTU it offers from the next connection on; null: its own. */
  offerMtu(mtu: number | null): void;
  /** Weaker by so much than it is when near. */
  fade(db: number): void;
  close(): void;
}

/** 247 bytes: what fits one link-layer packet with the data length extension. */
const DEFAULT_MTU = 247;
/** Two and a half seconds at 50 a second, 25 KB: a blackout of two seconds costs no frame. */
const DEFAULT_QUEUE_FRAMES = 128;
const DEFAULT_RSSI_DBM = -55;

/** Puts a firmware behind a controller and runs it by the clock. */
export function createPeripheral(
  firmware: RadioFirmware, makeController: (options: { address: string; rssiDbm: number }) => Controller, options: PeripheralOptions,
): PeripheralHandle {
  const controller = makeController({ address: options.address, rssiDbm: options.rssiDbm ?? DEFAULT_RSSI_DBM });
  const powerOnMs = performance.now();
  const ownMtu = options.mtu ?? DEFAULT_MTU;
  let offeredMtu = ownMtu;
  let answerDelayMs = 0;
  const refusals = new Map<RequestKind, number | null>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const nowS = (): number => (performance.now() - powerOnMs) / 1000;

  const host = createGattHost(controller, {
    name: firmware.name,
    profile: firmware.profile ?? ROLLER_PROFILE,
    get largestMtu() {
      return offeredMtu;
    },
    get answerDelayMs() {
      return answerDelayMs;
    },
    queueLimit: options.queueFrames ?? DEFAULT_QUEUE_FRAMES,
    read: (name) => Buffer.from(firmware.read(name)),
    refusal: (kind) => refusals.get(kind) ?? null,
    write: (name, value) => () => {
      const response = firmware.control(value, host.mtu, runFirmware());
      if (response) host.push(name, Buffer.from(response));
      schedule();
    },
    onSubscribed: (name) => {
      firmware.subscribed?.(name, runFirmware());
      schedule();
    },
    onDisconnected: () => {
      firmware.disconnected();
      schedule();
    },
  });

  /** Sends everything that is due and gives the time it is due up to, s. */
  function runFirmware(): number {
    const untilS = nowS();
    for (const output of firmware.advance(untilS)) {
      if (!host.push(output.characteristic, Buffer.from(output.bytes))) firmware.dropped(output);
    }
    return untilS;
  }

  /** Waits for the next output by its absolute time: an interval timer would drift. */
  function schedule(): void {
    clearTimeout(timer);
    const dueS = closed ? null : firmware.nextDueS();
    if (dueS === null) return;
    timer = setTimeout(() => {
      runFirmware();
      schedule();
    }, Math.max(0, (dueS - nowS()) * 1000));
  }

  host.advertise();
  schedule();

  return {
    blackout: (ms) => controller.blackout(ms),
    silence: (on) => (controller.silenced = on),
    vanish: () => {
      controller.powerOff();
      host.forget();
      firmware.disconnected();
      schedule();
    },
    reappear: () => {
      controller.powerOn();
      host.advertise();
    },
    drop: () => host.disconnect(),
    refuse: (kind, error) => refusals.set(kind, error),
    slowDown: (ms) => (answerDelayMs = ms),
    offerMtu: (mtu) => (offeredMtu = mtu ?? ownMtu),
    fade: (db) => (controller.fadeDb = db),
    close: () => {
      closed = true;
      clearTimeout(timer);
      host.forget();
      controller.close();
    },
  };
}
