import { catchError, concat, from, NEVER, of, switchMap } from 'rxjs';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { createBleLink } from '../link/ble/ble-link.ts';
import type { NobleHandle } from '../link/ble/noble.ts';
import type { LinkEvent, RollerLink } from '../link/port.ts';

export interface NobleLinkOptions {
  /** noble on its way up. */
  readonly opening: Promise<NobleHandle>;
  readonly device: string | null;
  readonly clock: Clock;
  /** Is told once why there is no Bluetooth. */
  readonly onMissing: (error: AppError) => void;
}

/** A link over a noble that is still starting. Where it cannot start, the link stays idle and says why; it does not fail. */
export function linkOverNoble({ opening, device, clock, onMissing }: NobleLinkOptions): RollerLink & { close(): Promise<void> } {
  const linking = opening.then((noble) => createBleLink({ noble, device, clock }));
  linking.catch(() => undefined); // told to those who subscribe or ask, should there be any
  const missing = (error: unknown): LinkEvent => {
    if (!(error instanceof AppError)) throw error;
    onMissing(error);
    return { type: 'state', state: 'idle', reason: error.line, arrivalS: clock.monotonicS() };
  };
  return {
    events$: from(linking).pipe(
      switchMap((link) => link.events$),
      catchError((error: unknown) => concat(of(missing(error)), NEVER)),
    ),
    request: async (request) => (await linking).request(request),
    close: () => opening.then((noble) => noble.close(), () => undefined),
  };
}
