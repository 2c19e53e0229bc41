import type { RollerMemory } from '../link/ble/target.ts';

/** A roller that was met, as it was then. */
export interface RememberedRoller {
  /** Its device id: addresses change. */
  readonly id: string;
  readonly name: string;
  /** Where it was heard last; null where the system keeps addresses to itself. */
  readonly address: string | null;
  readonly tool: 'roller' | 'stick' | 'ball';
  readonly protocolVersion: number | null;
  readonly batteryPct: number | null;
  readonly lastSeenUtcMs: number;
}

/** The rollers this hub has met. */
export interface RememberedRollers {
  all(): readonly RememberedRoller[];
  /** In force at once; may reject where it could not be kept for the next time. */
  remember(roller: RememberedRoller): Promise<void>;
}

/** Kept as long as the program runs. */
export function rememberForNow(): RememberedRollers {
  const rollers = new Map<string, RememberedRoller>();
  return {
    all: () => [...rollers.values()],
    remember: (roller) => {
      rollers.set(roller.id, roller);
      return Promise.resolve();
    },
  };
}

/** Which of them it probably is that goes by these names and addresses, in lower case: by its address, or by a name that no other has. */
export function recall(rollers: readonly RememberedRoller[], names: readonly string[]): RememberedRoller | null {
  const at = rollers.find(({ address }) => address !== null && names.includes(address.toLowerCase()));
  const [named, ...more] = rollers.filter(({ name }) => names.includes(name.toLowerCase()));
  return at ?? (more.length === 0 ? (named ?? null) : null);
}

/** What links go by. */
export const memoryOf = (remembered: RememberedRollers): RollerMemory => ({
  get ids() {
    return remembered.all().map(({ id }) => id);
  },
  idOf: (names) => recall(remembered.all(), names)?.id ?? null,
});
