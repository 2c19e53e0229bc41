import {
  decodeResponse, encodeRequest, PROCEDURES, RESPONSE_CODE, type ControlRequest, type ControlResponse,
} from '../../../firmware-protocol/control.ts';
import { AppError } from '../../errors.ts';
import { answer, within } from './deadline.ts';
import type { NobleCharacteristic } from './noble-port.ts';

const ANSWER_MS = 3000;
/** Procedures that may wait for their turn. */
const QUEUE_LIMIT = 8;

/** Runs procedures one at a time, each confirmed by its own indication: noble neither rejects a refused write nor tells two apart. */
export type ControlPoint = (request: ControlRequest) => Promise<ControlResponse>;

/** Each of `ends` rejects what is under way and what waits. */
export function createControlPoint(characteristic: NobleCharacteristic, ends: readonly AbortSignal[], answerMs = ANSWER_MS): ControlPoint {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const run = async (request: ControlRequest): Promise<ControlResponse> => {
    const { opCode } = PROCEDURES[request.procedure];
    const bytes = Buffer.from(encodeRequest(request));
    const write = (): void => characteristic.write(bytes, false);
    const isAnswer = (data: Buffer): boolean => data[0] === RESPONSE_CODE && data[1] === opCode;
    const [data] = await within(answerMs, `${request.procedure}: the roller's answer`, ends, (signal) =>
      answer<[Buffer]>(characteristic, 'data', signal, write, isAnswer));
    const response = decodeResponse(data);
    if (response.ok) return response.value;
    // A result without a meaning here is one of a later version: a refusal like any other (SPEC.md, section 9).
    throw new AppError('E_REFUSED', `the roller did not ${request.procedure} (${response.fault.detail})`, 'it may need another firmware');
  };

  return (request) => {
    if (waiting >= QUEUE_LIMIT) return Promise.reject(tooMany());
    waiting++;
    const turn = last.then(() => run(request)).finally(() => waiting--);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** A sensor without a control point: it cannot shake, tare or be told to stop, and says so as a roller would. */
export const withoutControlPoint: ControlPoint = ({ procedure }) =>
  Promise.resolve({ procedure, opCode: PROCEDURES[procedure].opCode, result: 'opCodeNotSupported' });

const tooMany = (): AppError => new AppError('E_REFUSED', 'too many commands wait for the roller', 'try again in a moment');
