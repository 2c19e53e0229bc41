import { z } from 'zod';
import { openKeptJson } from './kept-json.ts';

const rememberedRoller = z.object({
  /** Its device id: addresses change. */
  id: z.string(),
  name: z.string(),
  /** Where it was heard last; null where the system keeps addresses to itself. */
  address: z.string().nullable(),
  tool: z.enum(['roller', 'stick', 'ball']),
  protocolVersion: z.int().nullable(),
  batteryPct: z.number().nullable(),
  lastSeenUtcMs: z.number(),
});
const rollersFile = z.object({ version: z.literal(1), rollers: z.array(rememberedRoller) });

/** A roller that was met, as it was then. */
export type RememberedRoller = Readonly<z.infer<typeof rememberedRoller>>;

/** The rollers a hub has met. */
export interface RememberedRollers {
  all(): readonly RememberedRoller[];
  /** In force at once; resolves when it is kept. Rejects with E_FILE_WRITE. */
  remember(roller: RememberedRoller): Promise<void>;
}

/** A gym has fewer; those that were not seen for longest are forgotten. */
const MOST_KEPT = 256;

/**
 * Opens what a data folder remembers; without a folder it lasts as long as the program. A file that cannot be understood is set aside and told.
 * Rejects with E_FILE_READ or E_FILE_WRITE.
 */
export async function openRemembered(folder: string | null, utcMs: number): Promise<RememberedRollers & { readonly damage: string | null }> {
  const { content, damage, write } = await openKeptJson({
    folder, utcMs, name: 'rollers.json', schema: rollersFile, empty: { version: 1, rollers: [] }, consequence: 'rollers are met as strangers',
  });
  let rollers = content.rollers;
  return {
    damage,
    all: () => rollers,
    remember(roller) {
      const others = rollers.filter(({ id }) => id !== roller.id);
      rollers = [roller, ...others].toSorted((a, b) => b.lastSeenUtcMs - a.lastSeenUtcMs).slice(0, MOST_KEPT);
      return write({ version: 1, rollers });
    },
  };
}
