import type { ControlRequest } from '../../firmware-protocol/control.ts';
import { AppError } from '../errors.ts';
import type { Source } from './source.ts';

/** Has a roller do something. Rejects with E_REFUSED where it will not, and with what its link rejects with. */
export async function ask({ request }: Pick<Source, 'request'>, asked: ControlRequest): Promise<void> {
  const { result } = await request(asked);
  if (result !== 'success') throw new AppError('E_REFUSED', `the roller refused to ${asked.procedure}: ${result}`, 'try again in a moment');
}
