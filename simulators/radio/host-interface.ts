import { ACL_BUFFERS, type ConnectionParameters } from './connection.ts';
import type { Controller } from './controller.ts';
import {
  addressBytes, addressText, COMMAND, commandComplete, commandStatus, LE_EVENT, leEvent, PACKET, parseAcl, ROLE, STATUS, u16, u8,
} from './hci.ts';

/** The longest ACL packet: 251 bytes, the data length extension's largest PDU. */
export const ACL_BYTES = 251;

/** Bluetooth 5.2, the number an adapter of today reports; below 0x06 (4.0) a host sees no LE. */
const CORE_VERSION = 0x0b;
const RSSI_UNKNOWN = 127;

interface Handler {
  /** Parameters it needs, bytes; fewer are answered with "invalid parameters". */
  readonly bytes: number;
  readonly run: (controller: Controller, parameters: Buffer, opCode: number) => void;
}

/** A command that is answered at once with a status and values. */
const answers = (bytes: number, answer: (controller: Controller, parameters: Buffer) => readonly [number, ...Buffer[]]): Handler => ({
  bytes,
  run: (controller, parameters, opCode) => controller.toHost(commandComplete(opCode, ...answer(controller, parameters))),
});

const accepted = answers(0, () => [STATUS.success]);

/** 31 bytes of advertising or scan response data behind their length. */
const dataOf = (parameters: Buffer): Buffer => Buffer.from(parameters.subarray(1, 1 + Math.min(31, parameters[0]!)));

const connectionParameters = (bytes: Buffer): ConnectionParameters => ({
  // The controller picks within the range; ours takes the longest interval, as power-saving ones do.
  interval: Math.max(6, bytes.readUInt16LE(2)),
  latency: bytes.readUInt16LE(4),
  supervisionTimeout: Math.max(10, bytes.readUInt16LE(6)),
});

const HANDLERS: Readonly<Record<number, Handler>> = {
  [COMMAND.setEventMask]: accepted,
  [COMMAND.leSetEventMask]: accepted,
  [COMMAND.writeLeHostSupport]: accepted,
  [COMMAND.readLeHostSupport]: answers(0, () => [STATUS.success, u8(1), u8(0)]),
  [COMMAND.readLocalVersion]: answers(0, () => [STATUS.success, u8(CORE_VERSION), u16(0), u8(CORE_VERSION), u16(0xffff), u16(0)]),
  [COMMAND.readSupportedCommands]: answers(0, () => [STATUS.success, Buffer.alloc(64)]),
  [COMMAND.readBufferSize]: answers(0, () => [STATUS.success, u16(ACL_BYTES), u8(0), u16(ACL_BUFFERS), u16(0)]),
  [COMMAND.leReadBufferSize]: answers(0, () => [STATUS.success, u16(ACL_BYTES), u8(ACL_BUFFERS)]),
  [COMMAND.leReadLocalFeatures]: answers(0, () => [STATUS.success, Buffer.alloc(8)]),
  [COMMAND.readAddress]: answers(0, (controller) => [STATUS.success, addressBytes(controller.address)]),

  [COMMAND.reset]: answers(0, (controller) => {
    controller.powerOff();
    controller.powerOn();
    return [STATUS.success];
  }),

  [COMMAND.readRssi]: answers(2, (controller, parameters) => {
    const handle = parameters.readUInt16LE(0);
    const entry = controller.connections.get(handle);
    if (!entry) return [STATUS.unknownConnection, u16(handle), u8(RSSI_UNKNOWN)];
    return [STATUS.success, u16(handle), u8(controller.rssiOf(entry.connection.peerOf(entry.role)))];
  }),

  [COMMAND.leSetAdvertisingParameters]: answers(15, (controller, parameters) => {
    if (controller.advertising.enabled) return [STATUS.commandDisallowed];
    controller.advertising.intervalMs = Math.max(0x20, parameters.readUInt16LE(0)) * 0.625;
    controller.advertising.kind = parameters[4]!;
    return [STATUS.success];
  }),
  [COMMAND.leSetAdvertisingData]: answers(1, (controller, parameters) => {
    controller.advertising.data = dataOf(parameters);
    return [STATUS.success];
  }),
  [COMMAND.leSetScanResponseData]: answers(1, (controller, parameters) => {
    controller.advertising.scanResponse = dataOf(parameters);
    return [STATUS.success];
  }),
  [COMMAND.leSetAdvertisingEnable]: answers(1, (controller, parameters) => {
    controller.setAdvertising(parameters[0] === 1);
    return [STATUS.success];
  }),

  [COMMAND.leSetScanParameters]: answers(7, (controller, parameters) => {
    if (controller.scanning) return [STATUS.commandDisallowed];
    controller.activeScan = parameters[0] === 1;
    return [STATUS.success];
  }),
  [COMMAND.leSetScanEnable]: answers(2, (controller, parameters) => {
    const enable = parameters[0] === 1;
    if (enable && controller.scanning) return [STATUS.commandDisallowed];
    controller.scanning = enable ? { active: controller.activeScan, filterDuplicates: parameters[1] === 1, seen: new Set() } : null;
    return [STATUS.success];
  }),

  [COMMAND.leCreateConnection]: {
    bytes: 25,
    run: (controller, parameters, opCode) => {
      if (controller.initiation) return controller.toHost(commandStatus(opCode, STATUS.commandDisallowed));
      const address = addressText(parameters.subarray(6, 12));
      if (isConnectedTo(controller, address)) return controller.toHost(commandStatus(opCode, STATUS.connectionExists));
      controller.initiation = { address, parameters: connectionParameters(parameters.subarray(13)) };
      controller.toHost(commandStatus(opCode, STATUS.success));
    },
  },
  [COMMAND.leCreateConnectionCancel]: {
    bytes: 0,
    run: (controller, _parameters, opCode) => {
      const { initiation } = controller;
      if (!initiation) return controller.toHost(commandComplete(opCode, STATUS.commandDisallowed));
      controller.initiation = null;
      controller.toHost(commandComplete(opCode, STATUS.success));
      const [peer, noParameters] = [addressBytes(initiation.address), Buffer.alloc(7)];
      controller.toHost(leEvent(LE_EVENT.connectionComplete, u8(STATUS.unknownConnection), u16(0), u8(0), u8(0), peer, noParameters));
    },
  },
  [COMMAND.leConnectionUpdate]: {
    bytes: 14,
    run: (controller, parameters, opCode) => {
      const entry = controller.connections.get(parameters.readUInt16LE(0));
      controller.toHost(commandStatus(opCode, entry ? STATUS.success : STATUS.unknownConnection));
      entry?.connection.update(connectionParameters(parameters.subarray(2)));
    },
  },
  [COMMAND.disconnect]: {
    bytes: 3,
    run: (controller, parameters, opCode) => {
      const entry = controller.connections.get(parameters.readUInt16LE(0));
      controller.toHost(commandStatus(opCode, entry ? STATUS.success : STATUS.unknownConnection));
      entry?.connection.terminate(entry.role, parameters[2]!);
    },
  },
};

/** One that has fallen silent counts until its supervision timeout is over. */
const isConnectedTo = ({ connections }: Controller, address: string): boolean =>
  [...connections.values()].some(({ connection, role }) => role === ROLE.central && connection.peerOf(role).address === address);

/** Takes one H4 packet of the host: a command or ACL data. Anything else is ignored, as a controller does. */
export function fromHost(controller: Controller, packet: Buffer): void {
  if (!controller.powered) return;
  if (packet[0] === PACKET.command) runCommand(controller, packet);
  const data = parseAcl(packet);
  const entry = data && controller.connections.get(data.handle);
  if (entry) entry.connection.send(entry.role, Buffer.from(packet));
}

function runCommand(controller: Controller, packet: Buffer): void {
  if (packet.length < 4) return;
  const opCode = packet.readUInt16LE(1);
  const parameters = packet.subarray(4, 4 + packet[3]!);
  const handler = HANDLERS[opCode];
  if (!handler) controller.toHost(commandStatus(opCode, STATUS.unknownCommand));
  else if (parameters.length < handler.bytes) controller.toHost(commandComplete(opCode, STATUS.invalidParameters));
  else handler.run(controller, parameters, opCode);
}
