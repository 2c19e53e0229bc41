import type { CharacteristicName } from '../../firmware-protocol/gatt.ts';

/** Bytes that came, and when: the clock's monotonic time. */
export interface Arrived {
  readonly bytes: Uint8Array;
  readonly arrivalS: number;
}

/** A characteristic as discovery found it. */
export interface FoundCharacteristic {
  readonly service: string;
  readonly uuid: string;
  readonly properties: readonly string[];
  /** Value of its Client Characteristic Configuration descriptor at the start of the connection; null: it has none. */
  readonly configuration: Uint8Array | null;
}

/** A request and what was indicated until the next one. */
export interface Exchange {
  readonly name: string;
  readonly request: Uint8Array;
  readonly askedS: number;
  readonly answers: readonly Arrived[];
}

/** From the success of a `start` to the success of a `stop`. */
export interface StreamRun {
  readonly startedS: number;
  readonly stoppedS: number | null;
  readonly frames: readonly Arrived[];
}

/** Everything that was seen of a roller on the bench; the checks judge this and nothing else. */
export interface Evidence {
  /** The local name, as advertised; null: none was heard. */
  readonly name: string | null;
  /** What the two sides agreed on, bytes; null where the system does not tell. */
  readonly mtu: number | null;
  readonly characteristics: readonly FoundCharacteristic[];
  /** Whether the connection before this one was ended while a stream ran. */
  readonly leftStreaming: boolean;
  /** What could be read at the start, by name; an empty value stands for a read that was refused. */
  readonly values: Readonly<Partial<Record<CharacteristicName, Uint8Array>>>;
  /** The info value, read again after an exchange or, at the end, after all of them. */
  readonly infoAfter: readonly { readonly exchange: string | null; readonly bytes: Uint8Array }[];
  readonly statuses: readonly Arrived[];
  readonly statusAtEnd: Uint8Array | null;
  readonly exchanges: readonly Exchange[];
  readonly runs: readonly StreamRun[];
  /** Stream frames outside the runs. */
  readonly strayFrames: readonly Arrived[];
  /** From the subscription to status to the end. */
  readonly watchedFromS: number;
  readonly watchedToS: number;
}
