import { ATT, ATT_ERROR, attError, CCCD, DEFAULT_MTU, TYPE, uuidBytes, uuidText, wantsAnswer } from './att.ts';
import { createAttributes, type Attribute } from './attributes.ts';
import { u16, u8 } from './hci.ts';
import type { GattProfile, RadioProperty } from './profile.ts';

/** What a client asks for: which attributes there are, a value, to be told of a value, or to do something. */
export const REQUEST_KINDS = ['discover', 'read', 'subscribe', 'write'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What stands behind the attributes. */
export interface AttributeHost {
  /** An error code to refuse every request of a kind; null: they are answered. */
  refusal(kind: RequestKind): number | null;
  read(name: string): Buffer;
  /** A write to a characteristic: an error code to refuse it, or what to do once it has been answered. */
  write(name: string, value: Buffer): number | (() => void);
  /** Somebody has asked for what a characteristic pushes. */
  subscribed(name: string): void;
  send(pdu: Buffer): void;
}

/** The server's side of one connection. */
export interface AttServer {
  readonly mtu: number;
  /** Takes any bytes of a client. Never throws. */
  receive(pdu: Buffer): void;
  isSubscribed(name: string): boolean;
  /** A notification or an indication, as the characteristic has it, cut to the MTU. */
  push(name: string, value: Buffer): Buffer;
}

/** A request handler answers with a PDU, or refuses with a handle and an error code. */
type Answer = Buffer | { readonly handle: number; readonly error: number; };
interface Handler {
  /** Null: it is never refused. */
  readonly kind: RequestKind | null;
  /** Shortest and, where it is fixed, only length of the PDU, bytes. */
  readonly bytes: number;
  readonly exact?: true;
  readonly run: (pdu: Buffer) => Answer;
}

const refuse = (handle: number, error: number): Answer => ({ handle, error });

export function createAttServer(host: AttributeHost, profile: GattProfile, largestMtu: number): AttServer {
  const table = createAttributes(profile);
  const configurations = new Map<string, number>();
  let mtu = DEFAULT_MTU;
  /** Work that waits until the answer to the request has gone out. */
  let afterwards: (() => void) | null = null;

  const propertiesOf = (name: string): readonly RadioProperty[] => profile.characteristics[name]!.properties;
  const attributeAt = (handle: number): Attribute | undefined => table[handle - 1];
  const within = (pdu: Buffer): Attribute[] | null => {
    const start = pdu.readUInt16LE(1);
    const end = pdu.readUInt16LE(3);
    return start === 0 || start > end ? null : table.filter(({ handle }) => handle >= start && handle <= end);
  };

  /** Value of an attribute, or why it cannot be read. */
  const valueOf = ({ type, content, owner }: Attribute): Buffer | number => {
    if (content) return content;
    if (type === TYPE.clientConfiguration) return u16(configurations.get(owner!) ?? 0);
    return propertiesOf(owner!).includes('read') ? host.read(owner!) : ATT_ERROR.readNotPermitted;
  };

  const read = (handle: number, offset: number, response: number): Answer => {
    const attribute = attributeAt(handle);
    if (!attribute) return refuse(handle, ATT_ERROR.invalidHandle);
    const value = valueOf(attribute);
    if (typeof value === 'number') return refuse(handle, value);
    if (offset > value.length) return refuse(handle, ATT_ERROR.invalidOffset);
    return Buffer.concat([u8(response), value.subarray(offset, offset + mtu - 1)]);
  };

  /** As many rows as fit, of one length each, behind that length (Part F, 3.4.4). */
  const list = (response: number, rows: readonly Buffer[], head: (length: number) => number): Buffer => {
    const length = rows[0]!.length;
    const fitting = Math.floor((mtu - 2) / length);
    const odd = rows.findIndex((row) => row.length !== length);
    return Buffer.concat([u8(response), u8(head(length)), ...rows.slice(0, Math.min(fitting, odd < 0 ? rows.length : odd))]);
  };

  const write = (handle: number, value: Buffer): number => {
    const attribute = attributeAt(handle);
    if (!attribute) return ATT_ERROR.invalidHandle;
    const { owner, type } = attribute;
    if (owner && type === TYPE.clientConfiguration) return configure(owner, value);
    if (!owner || !propertiesOf(owner).includes('write')) return ATT_ERROR.writeNotPermitted;
    const result = host.write(owner, value);
    if (typeof result === 'number') return result;
    afterwards = result;
    return 0;
  };

  /** A write that nobody answers, where it is permitted. */
  const command = (pdu: Buffer): void => {
    const owner = pdu.length < 3 ? undefined : attributeAt(pdu.readUInt16LE(1))?.owner;
    if (!owner || !propertiesOf(owner).includes('writeWithoutResponse')) return;
    const result = host.write(owner, Buffer.from(pdu.subarray(3)));
    if (typeof result !== 'number') result();
  };

  /** A write to a configuration asks to be told of a value. */
  const answerTo = ({ kind, run }: Handler, pdu: Buffer, handle: number): Answer => {
    const isConfiguration = kind === 'write' && attributeAt(handle)?.type === TYPE.clientConfiguration;
    const refusal = kind === null ? null : host.refusal(isConfiguration ? 'subscribe' : kind);
    return refusal === null ? run(pdu) : refuse(handle, refusal);
  };

  const configure = (name: string, value: Buffer): number => {
    if (value.length !== 2) return ATT_ERROR.invalidValueLength;
    const allowed = propertiesOf(name).reduce((bits, property) => bits | (CCCD[property as keyof typeof CCCD] ?? 0), 0);
    const configuration = value.readUInt16LE(0) & allowed;
    configurations.set(name, configuration);
    if (configuration !== 0) afterwards = () => host.subscribed(name);
    return 0;
  };

  const handlers: Readonly<Record<number, Handler>> = {
    [ATT.exchangeMtuRequest]: {
      kind: null, bytes: 3, exact: true,
      run: (pdu) => {
        mtu = Math.max(DEFAULT_MTU, Math.min(pdu.readUInt16LE(1), largestMtu));
        return Buffer.concat([u8(ATT.exchangeMtuResponse), u16(largestMtu)]);
      },
    },
    [ATT.findInformationRequest]: {
      kind: 'discover', bytes: 5, exact: true,
      run: (pdu) => {
        const found = within(pdu);
        if (!found) return refuse(pdu.readUInt16LE(1), ATT_ERROR.invalidHandle);
        if (found.length === 0) return refuse(pdu.readUInt16LE(1), ATT_ERROR.attributeNotFound);
        const rows = found.map(({ handle, type }) => Buffer.concat([u16(handle), uuidBytes(type)]));
        return list(ATT.findInformationResponse, rows, (length) => (length === 4 ? 1 : 2));
      },
    },
    [ATT.findByTypeValueRequest]: {
      kind: 'discover', bytes: 7,
      run: (pdu) => {
        const start = pdu.readUInt16LE(1);
        const wanted = uuidText(pdu.subarray(5, 7));
        const found = within(pdu)?.filter(({ type, content }) => type === wanted && content?.equals(pdu.subarray(7)));
        if (!found) return refuse(start, ATT_ERROR.invalidHandle);
        if (found.length === 0) return refuse(start, ATT_ERROR.attributeNotFound);
        const rows = found.slice(0, Math.floor((mtu - 1) / 4)).map(({ handle, groupEnd }) => Buffer.concat([u16(handle), u16(groupEnd)]));
        return Buffer.concat([u8(ATT.findByTypeValueResponse), ...rows]);
      },
    },
    [ATT.readByTypeRequest]: {
      kind: 'discover', bytes: 7,
      run: (pdu) => {
        const start = pdu.readUInt16LE(1);
        const found = within(pdu)?.filter(({ type }) => type === uuidText(pdu.subarray(5)));
        if (!found) return refuse(start, ATT_ERROR.invalidHandle);
        const first = found[0] && valueOf(found[0]);
        if (first === undefined) return refuse(start, ATT_ERROR.attributeNotFound);
        if (typeof first === 'number') return refuse(found[0]!.handle, first);
        const rows = found.map((attribute) => [attribute.handle, valueOf(attribute)] as const)
          .filter((row): row is readonly [number, Buffer] => typeof row[1] !== 'number')
          .map(([handle, value]) => Buffer.concat([u16(handle), value.subarray(0, Math.min(253, mtu - 4))]));
        return list(ATT.readByTypeResponse, rows, (length) => length);
      },
    },
    [ATT.readByGroupTypeRequest]: {
      kind: 'discover', bytes: 7,
      run: (pdu) => {
        const start = pdu.readUInt16LE(1);
        if (uuidText(pdu.subarray(5)) !== TYPE.primaryService) return refuse(start, ATT_ERROR.unsupportedGroupType);
        const found = within(pdu)?.filter(({ type }) => type === TYPE.primaryService);
        if (!found) return refuse(start, ATT_ERROR.invalidHandle);
        if (found.length === 0) return refuse(start, ATT_ERROR.attributeNotFound);
        const rows = found.map(({ handle, groupEnd, content }) => Buffer.concat([u16(handle), u16(groupEnd), content!]));
        return list(ATT.readByGroupTypeResponse, rows, (length) => length);
      },
    },
    [ATT.readRequest]: { kind: 'read', bytes: 3, exact: true, run: (pdu) => read(pdu.readUInt16LE(1), 0, ATT.readResponse) },
    [ATT.readBlobRequest]: { kind: 'read', bytes: 5, exact: true, run: (pdu) => read(pdu.readUInt16LE(1), pdu.readUInt16LE(3), ATT.readBlobResponse) },
    [ATT.writeRequest]: {
      kind: 'write', bytes: 3,
      run: (pdu) => {
        const handle = pdu.readUInt16LE(1);
        const error = write(handle, Buffer.from(pdu.subarray(3)));
        return error ? refuse(handle, error) : u8(ATT.writeResponse);
      },
    },
  };

  return {
    get mtu() {
      return mtu;
    },
    isSubscribed: (name) => (configurations.get(name) ?? 0) !== 0,
    push: (name, value) => {
      const valueHandle = table.find(({ owner, type }) => owner === name && type !== TYPE.clientConfiguration)!.handle;
      const opCode = propertiesOf(name).includes('indicate') ? ATT.indication : ATT.notification;
      return Buffer.concat([u8(opCode), u16(valueHandle), value.subarray(0, mtu - 3)]);
    },
    receive: (pdu) => {
      const opCode = pdu[0];
      if (opCode === ATT.writeCommand) return command(pdu);
      // Any other command is never answered.
      if (opCode === undefined || !wantsAnswer(opCode)) return;
      const handler = handlers[opCode];
      const handle = pdu.length >= 3 ? pdu.readUInt16LE(1) : 0;
      // Prepared writes land here: every value written to a roller fits one request.
      if (!handler) return host.send(attError(opCode, handle, ATT_ERROR.requestNotSupported));
      const fits = handler.exact ? pdu.length === handler.bytes : pdu.length >= handler.bytes;
      const answer = fits ? answerTo(handler, pdu, handle) : refuse(0, ATT_ERROR.invalidPdu);
      host.send(Buffer.isBuffer(answer) ? answer : attError(opCode, answer.handle, answer.error));
      const work = afterwards;
      afterwards = null;
      work?.();
    },
  };
}
