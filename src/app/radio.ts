import { BehaviorSubject, catchError, concat, from, NEVER, of, switchMap } from 'rxjs';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { createBleLink } from '../link/ble/ble-link.ts';
import type { NobleHandle } from '../link/ble/noble.ts';
import { survey, type HeardRoller } from '../link/ble/survey.ts';
import type { RollerMemory } from '../link/ble/target.ts';
import type { Mounting } from '../link/drivers/driver.ts';
import type { LinkEvent, RollerLink } from '../link/port.ts';

/** Twice as long as the longest pause between two advertisements (firmware-protocol/SPEC.md, section 2), and a bit. */
const LISTEN_S = 3;

/** Somebody who advertises. */
export type Heard = Omit<HeardRoller, 'peripheral'>;

/** A link that can be turned to another roller. */
export interface RadioLink extends RollerLink {
  /** Leaves its roller and looks for this one: a name, an address or a device id. */
  meet(roller: string): void;
}

/** One adapter, and the links over it. */
export interface Radio {
  /** A link that looks for `device`; null: for any roller that no other link has. */
  link(device: string | null): RadioLink;
  /** Hears for some seconds who advertises. Links are not disturbed. Rejects with why there is no Bluetooth. */
  listen(): Promise<readonly Heard[]>;
  /** Waits until links that were closed have said goodbye. */
  close(): Promise<void>;
}

export interface RadioOptions {
  /** noble on its way up. */
  readonly opening: Promise<NobleHandle>;
  readonly clock: Clock;
  readonly memory?: RollerMemory | undefined;
  /** How a bought sensor sits in its roller. */
  readonly mounting?: Mounting | undefined;
  /** Is told once why there is no Bluetooth. */
  readonly onMissing: (error: AppError) => void;
}

/** A radio that may still be starting. Where it cannot start, its links stay idle and say why; they do not fail. */
export function createRadio({ opening, clock, memory, mounting, onMissing }: RadioOptions): Radio {
  const closing = new AbortController();
  let listening: Promise<readonly Heard[]> | null = null;
  opening.catch((error: unknown) => {
    if (error instanceof AppError) onMissing(error);
  });

  const missing = (error: unknown): LinkEvent => {
    if (!(error instanceof AppError)) throw error;
    return { type: 'state', state: 'idle', reason: error.line, arrivalS: clock.monotonicS() };
  };
  return {
    link(wish) {
      const wish$ = new BehaviorSubject(wish);
      let current: RollerLink | null = null;
      const open = (noble: NobleHandle, device: string | null): RollerLink => (current = createBleLink({ noble, device, clock, memory, mounting }));
      return {
        events$: from(opening).pipe(
          switchMap((noble) => wish$.pipe(switchMap((device) => open(noble, device).events$))),
          catchError((error: unknown) => concat(of(missing(error)), NEVER)),
        ),
        request: async (request) => {
          await opening;
          if (current === null) throw new AppError('E_NOT_CONNECTED', 'no roller is connected', 'wait until the stream runs');
          return current.request(request);
        },
        meet: (roller) => wish$.next(roller),
      };
    },
    listen: () => (listening ??= opening
      .then((noble) => survey(noble, LISTEN_S, closing.signal))
      .then((heard) => heard.map(({ name, address, rssiDbm }) => ({ name, address, rssiDbm })))
      .finally(() => (listening = null))),
    close: () => {
      closing.abort(new AppError('E_NOT_CONNECTED', 'the service is closing', 'start it again'));
      return opening.then((noble) => noble.close(), () => undefined);
    },
  };
}
