import { ATT, ATT_ERROR, DEFAULT_MTU, uuidBytes } from './att.ts';
import { createAttServer, type AttributeHost, type AttServer, type RequestKind } from './att-server.ts';
import { ACL_BUFFERS } from './connection.ts';
import type { Controller } from './controller.ts';
import { COMMAND, command, EVENT, LE_EVENT, PACKET, parseAcl, STATUS, u16, u8 } from './hci.ts';
import { ACL_BYTES, fromHost } from './host-interface.ts';
import { CHANNEL, createReassembler, fragment } from './l2cap.ts';
import type { GattProfile } from './profile.ts';

export interface GattHostOptions {
  readonly name: string;
  readonly profile: GattProfile;
  readonly largestMtu: number;
  /** What every request takes before it is answered, ms. */
  readonly answerDelayMs: number;
  /** Notifications that may wait for the air; the next one is refused. */
  readonly queueLimit: number;
  readonly refusal: (kind: RequestKind) => number | null;
  readonly read: (name: string) => Buffer;
  /** A write to a control point that may run a procedure now; see AttributeHost. */
  readonly write: (name: string, value: Buffer) => number | (() => void);
  readonly onSubscribed: (name: string) => void;
  readonly onDisconnected: () => void;
}

export interface GattHost {
  readonly mtu: number;
  /** Notifies or indicates; false where nobody has asked for it, or there is no room. */
  push(name: string, value: Buffer): boolean;
  advertise(): void;
  disconnect(): void;
  /** The power is gone: nothing is left of the connection. */
  forget(): void;
}

/** Advertising structures (Core Specification Supplement, Part A). */
const AD = { flags: 0x01, uuids16: 0x03, uuids128: 0x07, shortName: 0x08, name: 0x09 } as const;
/** General discoverable, no BR/EDR. */
const FLAGS = 0x06;
/** 100 ms in units of 0.625 ms. */
const ADVERTISING_INTERVAL = 160;
const NAME_BYTES = 29;
/** Requests a slow roller keeps; a client has one under way (Core Vol 3 Part F, 3.3.2), so more are noise. */
const REQUEST_LIMIT = 4;
/** Indications that wait for the confirmation of the one before. */
const INDICATION_LIMIT = 4;

interface Session {
  readonly handle: number;
  readonly server: AttServer;
  readonly reassemble: ReturnType<typeof createReassembler>;
  readonly outgoing: Buffer[];
  readonly indications: Buffer[];
  /** Requests that wait, and for what. */
  readonly requests: Buffer[];
  thinking: NodeJS.Timeout | undefined;
  unconfirmed: boolean;
  /** Packets the controller takes now. */
  credits: number;
}

/** An advertising structure: its length, its type, its data. */
const structure = (type: number, data: Buffer): Buffer => Buffer.concat([u8(data.length + 1), u8(type), data]);

/** 31 bytes behind their length, as the commands want them. */
const advertisingData = (...structures: readonly Buffer[]): Buffer => {
  const data = Buffer.concat(structures);
  return Buffer.concat([u8(data.length), data, Buffer.alloc(31 - data.length)]);
};

/** The Bluetooth stack of a roller: HCI, L2CAP and an attribute server for one central. */
export function createGattHost(controller: Controller, options: GattHostOptions): GattHost {
  let session: Session | null = null;

  const run = (opCode: number, ...parameters: readonly Buffer[]): void => fromHost(controller, command(opCode, ...parameters));

  const isIndicated = (name: string): boolean => options.profile.characteristics[name]!.properties.includes('indicate');

  const advertise = (): void => {
    const name = Buffer.from(options.name);
    const service = uuidBytes(options.profile.advertised);
    const uuidsType = service.length === 2 ? AD.uuids16 : AD.uuids128;
    run(COMMAND.leSetAdvertisingEnable, u8(0));
    // Both intervals, connectable, own and peer address types, peer address, all three channels, no filter.
    run(COMMAND.leSetAdvertisingParameters, u16(ADVERTISING_INTERVAL), u16(ADVERTISING_INTERVAL), Buffer.alloc(9), u8(7), u8(0));
    run(COMMAND.leSetAdvertisingData, advertisingData(structure(AD.flags, u8(FLAGS)), structure(uuidsType, service)));
    const nameType = name.length > NAME_BYTES ? AD.shortName : AD.name;
    run(COMMAND.leSetScanResponseData, advertisingData(structure(nameType, name.subarray(0, NAME_BYTES))));
    run(COMMAND.leSetAdvertisingEnable, u8(1));
  };

  const flush = (open: Session): void => {
    while (open.credits > 0 && open.outgoing.length > 0) {
      open.credits--;
      fromHost(controller, open.outgoing.shift()!);
    }
  };

  const send = (open: Session, pdu: Buffer): void => {
    open.outgoing.push(...fragment(open.handle, CHANNEL.attribute, pdu, ACL_BYTES));
    flush(open);
  };

  const indicate = (open: Session): void => {
    const next = open.unconfirmed ? undefined : open.indications.shift();
    if (!next) return;
    open.unconfirmed = true;
    send(open, next);
  };

  const connected = (handle: number): void => {
    const host: AttributeHost = {
      refusal: options.refusal,
      read: options.read,
      write: (name, value) => {
        if (!isIndicated(name)) return options.write(name, value);
        // What is written is answered by an indication: it has to be possible, and the one before has to be through (SPEC.md, section 7).
        if (!server.isSubscribed(name)) return ATT_ERROR.cccdImproperlyConfigured;
        if (opened.unconfirmed || opened.indications.length > 0) return ATT_ERROR.procedureAlreadyInProgress;
        return options.write(name, value);
      },
      subscribed: options.onSubscribed,
      // Answers do not pile up: each takes a request, and the air carries as many packets one way as the other.
      send: (pdu) => send(opened, pdu),
    };
    const server = createAttServer(host, options.profile, options.largestMtu);
    const opened: Session = {
      handle, server, reassemble: createReassembler(), outgoing: [], indications: [], requests: [],
      thinking: undefined, unconfirmed: false, credits: ACL_BUFFERS,
    };
    session = opened;
  };

  /** At once, or one after the other with time in between. */
  const request = (open: Session, pdu: Buffer): void => {
    if (options.answerDelayMs === 0 && open.requests.length === 0) return open.server.receive(pdu);
    if (open.requests.length < REQUEST_LIMIT) open.requests.push(pdu);
    open.thinking ??= setTimeout(think, options.answerDelayMs, open);
  };

  const think = (open: Session): void => {
    open.server.receive(open.requests.shift()!);
    open.thinking = open.requests.length > 0 ? setTimeout(think, options.answerDelayMs, open) : undefined;
  };

  const received = (open: Session, packet: Buffer): void => {
    const data = parseAcl(packet);
    const frame = data && open.reassemble(data.boundary, data.data);
    if (frame?.channel !== CHANNEL.attribute) return;
    if (frame.payload[0] !== ATT.confirmation) return request(open, frame.payload);
    open.unconfirmed = false;
    indicate(open);
  };

  const forget = (): void => {
    clearTimeout(session?.thinking);
    session = null;
  };

  const disconnected = (): void => {
    forget();
    options.onDisconnected();
    advertise();
  };

  const completed = (count: number): void => {
    if (!session) return;
    session.credits += count;
    flush(session);
  };

  const events: Readonly<Record<number, (packet: Buffer) => void>> = {
    [EVENT.leMeta]: (packet) => {
      if (packet[3] === LE_EVENT.connectionComplete && packet[4] === STATUS.success) connected(packet.readUInt16LE(5));
    },
    [EVENT.disconnectionComplete]: disconnected,
    [EVENT.numberOfCompletedPackets]: (packet) => completed(packet.readUInt16LE(6)),
  };

  controller.onPacket = (packet) => {
    const [type, code] = packet;
    if (type === PACKET.event) events[code!]?.(packet);
    else if (type === PACKET.acl && session) received(session, packet);
  };

  return {
    get mtu() {
      return session?.server.mtu ?? DEFAULT_MTU;
    },
    push: (name, value) => {
      if (!session?.server.isSubscribed(name)) return false;
      const indicated = isIndicated(name);
      const [queue, limit] = indicated ? [session.indications, INDICATION_LIMIT] : [session.outgoing, options.queueLimit];
      if (queue.length >= limit) return false;
      const pdu = session.server.push(name, value);
      if (indicated) {
        session.indications.push(pdu);
        indicate(session);
      } else {
        send(session, pdu);
      }
      return true;
    },
    advertise,
    forget,
    disconnect: () => {
      if (session) run(COMMAND.disconnect, u16(session.handle), u8(STATUS.remoteUserTerminated));
    },
  };
}
