import { Connection, type Channel, type ConnectionParameters, type End } from './connection.ts';
import { missRatio } from './hearing.ts';
import { addressBytes, ADVERTISING, LE_EVENT, leEvent, REPORT, u8 } from './hci.ts';

/** What controllers share: who else is in the room, and how well they hear each other. */
export interface Medium extends Channel {
  readonly controllers: Set<Controller>;
}

export interface ControllerOptions {
  readonly address: string;
  /** Strength at which others receive it, dBm. */
  readonly rssiDbm: number;
}

interface Advertising {
  enabled: boolean;
  intervalMs: number;
  kind: number;
  data: Buffer;
  scanResponse: Buffer;
}

interface Scanning {
  readonly active: boolean;
  readonly filterDuplicates: boolean;
  readonly seen: Set<string>;
}

/** A connection that is waited for: the next advertisement of that address makes it. */
export interface Initiation {
  readonly address: string;
  readonly parameters: ConnectionParameters;
}

/** Random delay added to every advertising interval so that two advertisers do not stay in step (Core Vol 6 Part B, 4.4.2.2). */
const ADVERTISING_JITTER_MS = 10;
const RSSI_NOISE_DB = 3;
const FIRST_HANDLE = 0x40;
const LAST_HANDLE = 0x0eff;

const NOTHING = Buffer.alloc(0);
const idleAdvertising = (): Advertising =>
  ({ enabled: false, intervalMs: 100, kind: ADVERTISING.connectable, data: NOTHING, scanResponse: NOTHING });

/** A virtual LE controller: what it does on air. Its host speaks to it through host-interface.ts. */
export class Controller {
  readonly address: string;
  /** Weakening on the way to others and from them, dB. */
  fadeDb = 0;
  readonly medium: Medium;
  advertising = idleAdvertising();
  scanning: Scanning | null = null;
  activeScan = false;
  initiation: Initiation | null = null;
  readonly connections = new Map<number, { connection: Connection; role: number; cut: () => void }>();
  /** The host; packets come one to a macrotask, as from a socket. */
  onPacket: (packet: Buffer) => void = () => undefined;
  #powered = true;
  /** Neither heard nor hearing, until it is taken back. */
  silenced = false;
  readonly #nearDbm: number;
  #silentUntilMs = 0;
  #lastHandle = FIRST_HANDLE - 1;
  #outbox: Buffer[] = [];
  #delivery: NodeJS.Immediate | undefined;
  #advertisingTimer: NodeJS.Timeout | undefined;

  constructor(medium: Medium, { address, rssiDbm }: ControllerOptions) {
    this.medium = medium;
    this.address = address.toLowerCase();
    this.#nearDbm = rssiDbm;
    medium.controllers.add(this);
  }

  /** Strength at which others receive it now, dBm. */
  get rssiDbm(): number {
    return this.#nearDbm - this.fadeDb;
  }

  get powered(): boolean {
    return this.#powered;
  }

  /** Neither off nor in a blackout. */
  get audible(): boolean {
    return this.#powered && !this.silenced && performance.now() >= this.#silentUntilMs;
  }

  /** 1: a static random address, told by its two highest bits; 0: a public one. */
  get addressType(): number {
    return Number.parseInt(this.address.slice(0, 2), 16) >= 0xc0 ? 1 : 0;
  }

  /** Nothing is heard of it for a while; of two that overlap the later end counts. */
  blackout(ms: number): void {
    this.#silentUntilMs = Math.max(this.#silentUntilMs, performance.now() + ms);
  }

  /** Dies on the spot: whoever is connected finds out by the supervision timeout. */
  powerOff(): void {
    this.#powered = false;
    this.#outbox = [];
    for (const { cut } of this.connections.values()) cut();
    this.connections.clear();
    this.reset();
  }

  powerOn(): void {
    this.#powered = true;
  }

  /** Back to the state after power-on, the connections aside. */
  reset(): void {
    this.advertising = idleAdvertising();
    this.scanning = null;
    this.initiation = null;
    clearTimeout(this.#advertisingTimer);
  }

  /** Leaves the air for good. */
  close(): void {
    for (const { connection } of this.connections.values()) connection.abandon();
    this.powerOff();
    clearImmediate(this.#delivery);
    this.medium.controllers.delete(this);
  }

  toHost(packet: Buffer): void {
    if (!this.#powered) return;
    this.#outbox.push(packet);
    this.#delivery ??= setImmediate(this.#deliver);
  }

  setAdvertising(enabled: boolean): void {
    clearTimeout(this.#advertisingTimer);
    this.advertising.enabled = enabled;
    if (enabled) this.#advertise();
  }

  #deliver = (): void => {
    this.#delivery = undefined;
    const packet = this.#outbox.shift();
    if (packet) this.onPacket(packet);
    if (this.#outbox.length > 0) this.#delivery ??= setImmediate(this.#deliver);
  };

  #advertise(): void {
    for (const other of this.medium.controllers) {
      if (other === this || !this.audible || !other.audible || this.medium.random() < missRatio(this.medium.lossRatio, this, other)) continue;
      other.#hear(this);
      if (!this.advertising.enabled) return;
    }
    const pauseMs = this.advertising.intervalMs + this.medium.random() * ADVERTISING_JITTER_MS;
    this.#advertisingTimer = setTimeout(() => this.#advertise(), pauseMs);
  }

  #hear(advertiser: Controller): void {
    const { kind } = advertiser.advertising;
    if (this.initiation?.address === advertiser.address && kind === ADVERTISING.connectable) return this.#connectTo(advertiser);
    const { scanning } = this;
    if (!scanning || (scanning.filterDuplicates && scanning.seen.has(advertiser.address))) return;
    scanning.seen.add(advertiser.address);
    this.#report(advertiser, kind, advertiser.advertising.data);
    if (!scanning.active || kind === ADVERTISING.nonConnectable) return;
    this.#report(advertiser, REPORT.scanResponse, advertiser.advertising.scanResponse);
  }

  #report(advertiser: Controller, kind: number, data: Buffer): void {
    const from = Buffer.concat([u8(advertiser.addressType), addressBytes(advertiser.address)]);
    this.toHost(leEvent(LE_EVENT.advertisingReport, u8(1), u8(kind), from, u8(data.length), data, u8(this.rssiOf(advertiser))));
  }

  /** What this controller would measure of another one, dBm. */
  rssiOf(other: { readonly rssiDbm: number }): number {
    return Math.round(other.rssiDbm + (this.medium.random() * 2 - 1) * RSSI_NOISE_DB);
  }

  #connectTo(advertiser: Controller): void {
    const { parameters } = this.initiation!;
    this.initiation = null;
    advertiser.setAdvertising(false);
    const mine = this.#openEnd();
    const theirs = advertiser.#openEnd();
    const connection = new Connection(mine.end, theirs.end, parameters, this.medium);
    this.connections.set(mine.end.handle, { connection, role: 0, cut: mine.cut });
    advertiser.connections.set(theirs.end.handle, { connection, role: 1, cut: theirs.cut });
  }

  #openEnd(): { end: End; cut: () => void } {
    const isAudible = (): boolean => this.audible;
    const rssiNow = (): number => this.rssiDbm;
    const handle = (this.#lastHandle = this.#lastHandle >= LAST_HANDLE ? FIRST_HANDLE : this.#lastHandle + 1);
    let attached = true;
    const end: End = {
      handle,
      address: this.address,
      addressType: this.addressType,
      get rssiDbm() {
        return rssiNow();
      },
      get audible() {
        return attached && isAudible();
      },
      toHost: (packet) => {
        if (attached) this.toHost(packet);
      },
      forget: () => this.connections.delete(handle),
    };
    return { end, cut: () => (attached = false) };
  }
}
