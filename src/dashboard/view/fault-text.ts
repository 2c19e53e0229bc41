import { FAULT_EFFECTS, NO_READING, SENSOR_FAULTS } from '../../guide/calibration-words.ts';
import type { RollerView, SnapshotMessage } from '../../server/wire.ts';

type Faults = NonNullable<SnapshotMessage['sensorFaults']>;
type Measured = Pick<SnapshotMessage, 'sensorFaults' | 'contactAssumed'>;

/** A roller that has cells, none of which can be read. */
const isBlind = ({ contactAssumed }: Measured, roller: Pick<RollerView, 'hasPressure'> | null): boolean => contactAssumed && roller?.hasPressure === true;

/** What to say beside the number, in a word or two: of several faults the one that makes it worth least. */
export function faultNote(shown: Measured, roller: Pick<RollerView, 'hasPressure'> | null): string | null {
  if (isBlind(shown, roller)) return NO_READING.short;
  const worst = shown.sensorFaults?.find(({ kind }) => kind === 'implausible-force') ?? shown.sensorFaults?.[0];
  return worst === undefined ? null : FAULT_EFFECTS[worst.kind].short;
}

/** Each fault in a sentence, and what it means for what one is told. */
export function faultSentences(shown: Measured, roller: Pick<RollerView, 'hasPressure'> | null): string[] {
  const sentences = (shown.sensorFaults ?? []).map((fault) => `${whatIsWrong(fault)}. ${FAULT_EFFECTS[fault.kind].coaching}`);
  return isBlind(shown, roller) ? [...sentences, NO_READING.coaching] : sentences;
}

function whatIsWrong({ kind, cells }: Faults[number]): string {
  const text = SENSOR_FAULTS[kind];
  return cells.length === 0 ? text : `Cell ${cells.join(', ')}: ${text}`;
}
