import { CHARACTERISTICS, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { ATT } from '../../simulators/radio/att.ts';
import {
  addressBytes, addressText, BOUNDARY, COMMAND, command, EVENT, LE_EVENT, PACKET, parseAcl, acl, u16, u8,
} from '../../simulators/radio/hci.ts';
import type { HciSocket } from '../../simulators/radio/hci-socket.ts';
import { CHANNEL } from '../../simulators/radio/l2cap.ts';
import { passUntil } from './virtual-time.ts';

export interface Report {
  readonly kind: number;
  readonly address: string;
  readonly data: string;
  readonly rssiDbm: number;
  readonly atMs: number;
}

/** A central that does nothing by itself: it sends what it is told to, byte by byte, and keeps what comes. */
export class RawCentral {
  readonly packets: Buffer[] = [];
  readonly reports: Report[] = [];
  readonly pdus: { bytes: Buffer; atMs: number }[] = [];
  readonly disconnects: { reason: number; atMs: number }[] = [];
  handle: number | null = null;
  connectStatus: number | null = null;
  readonly #socket: HciSocket;

  constructor(socket: HciSocket) {
    this.#socket = socket;
    socket.on('data', (packet: Buffer) => this.#take(packet));
    socket.start();
  }

  run(opCode: number, ...parameters: readonly Buffer[]): void {
    this.#socket.write(command(opCode, ...parameters));
  }

  raw(packet: Buffer): void {
    this.#socket.write(packet);
  }

  scan({ active = true, filterDuplicates = false } = {}): void {
    this.run(COMMAND.leSetScanParameters, u8(active ? 1 : 0), u16(0x12), u16(0x12), u8(0), u8(0));
    this.run(COMMAND.leSetScanEnable, u8(1), u8(filterDuplicates ? 1 : 0));
  }

  /** Connection interval in 1.25 ms, supervision timeout in 10 ms. */
  async connect(address: string, { interval = 12, timeout = 400 } = {}): Promise<void> {
    const [scanning, noLatency, eventLength] = [Buffer.concat([u16(0x60), u16(0x30), u8(0)]), u16(0), Buffer.alloc(4)];
    const intervals = Buffer.concat([u16(6), u16(interval)]);
    const peer = Buffer.concat([u8(1), addressBytes(address)]);
    this.run(COMMAND.leCreateConnection, scanning, peer, u8(0), intervals, noLatency, u16(timeout), eventLength);
    await passUntil(() => this.handle !== null, 2000);
  }

  send(pdu: Buffer): void {
    this.raw(acl(this.handle!, BOUNDARY.firstFromHost, Buffer.concat([u16(pdu.length), u16(CHANNEL.attribute), pdu])));
  }

  /** A request and its answer; what is pushed in between is kept and passed over. */
  async ask(pdu: Buffer): Promise<Buffer> {
    const from = this.pdus.length;
    const isPushed = (opCode: number | undefined): boolean => opCode === ATT.notification || opCode === ATT.indication;
    const answer = (): Buffer | undefined => this.pdus.slice(from).find(({ bytes }) => !isPushed(bytes[0]))?.bytes;
    this.send(pdu);
    await passUntil(() => answer() !== undefined, 1000);
    return answer()!;
  }

  exchangeMtu(mtu: number): Promise<Buffer> {
    return this.ask(Buffer.concat([u8(ATT.exchangeMtuRequest), u16(mtu)]));
  }

  /** Handle of a characteristic's value, found by its type. */
  async valueHandle(name: CharacteristicName): Promise<number> {
    const uuid = Buffer.from(CHARACTERISTICS[name].uuid, 'hex').reverse();
    // A stream or control value cannot be read, so the error tells its handle; a readable one comes with it.
    const answer = await this.ask(Buffer.concat([u8(ATT.readByTypeRequest), u16(1), u16(0xffff), uuid]));
    return answer.readUInt16LE(2);
  }

  write(handle: number, value: Buffer): Promise<Buffer> {
    return this.ask(Buffer.concat([u8(ATT.writeRequest), u16(handle), value]));
  }

  /** Turns notifications (1) or indications (2) on; the configuration stands right behind the value. */
  async subscribe(name: CharacteristicName, bits: number): Promise<void> {
    await this.write((await this.valueHandle(name)) + 1, u16(bits));
  }

  pushed(opCode: number): Buffer[] {
    return this.pdus.filter(({ bytes }) => bytes[0] === opCode).map(({ bytes }) => bytes.subarray(3));
  }

  #take(packet: Buffer): void {
    this.packets.push(packet);
    const atMs = performance.now();
    const data = packet[0] === PACKET.acl ? parseAcl(packet) : null;
    if (data) this.pdus.push({ bytes: data.data.subarray(4), atMs });
    else if (packet[1] === EVENT.disconnectionComplete) {
      this.handle = null;
      this.disconnects.push({ reason: packet[6]!, atMs });
    } else if (packet[1] === EVENT.leMeta && packet[3] === LE_EVENT.connectionComplete) {
      this.connectStatus = packet[4]!;
      if (packet[4] === 0) this.handle = packet.readUInt16LE(5);
    } else if (packet[1] === EVENT.leMeta && packet[3] === LE_EVENT.advertisingReport) {
      const length = packet[13]!;
      this.reports.push({
        kind: packet[5]!, address: addressText(packet.subarray(7, 13)), data: packet.subarray(14, 14 + length).toString('latin1'),
        rssiDbm: packet.readInt8(14 + length), atMs,
      });
    }
  }
}
