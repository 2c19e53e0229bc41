import type { RollerMemory } from '../link/ble/target.ts';
import type { RememberedRoller, RememberedRollers } from '../sessions/remembered.ts';

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
