import { pathIn, removeFile } from './folder.ts';
import type { Database } from './database.ts';
import { allSessions } from './recordings.ts';
import type { SessionLine } from './records.ts';
import type { Sessions } from './sessions.ts';

const DAY_MS = 24 * 3600 * 1000;

/** What became of a session that was removed. */
export interface Removed {
  readonly id: string;
  /** The name of its recording; null: it had none. */
  readonly file: string | null;
  /** `missing`: it was gone already. */
  readonly recording: 'removed' | 'missing' | 'none';
  readonly bytes: number;
}

export interface Limits {
  /** Null: any age; any size. */
  readonly maxAgeDays: number | null;
  /** Of all recordings together. */
  readonly maxBytes: number | null;
}

export interface Retained {
  readonly removed: readonly (Removed & { readonly why: 'age' | 'size' })[];
  readonly freedBytes: number;
}

export interface Removal {
  /** Removes a session and its recording. Rejects with E_NOT_FOUND; with E_FILE_WRITE where the file cannot be removed: then all stays. */
  deleteSession(id: string): Promise<Removed>;
  /** Removes what is too old, then the oldest until the rest is small enough; never a starred session. */
  retention(limits: Limits): Promise<Retained>;
}

interface RemovalOptions {
  readonly db: Database;
  readonly folder: string | null;
  readonly sessions: Sessions;
  readonly utcMs: () => number;
}

export function removalOf({ db, folder, sessions, utcMs }: RemovalOptions): Removal {
  async function remove({ id, file, bytes }: Pick<SessionLine, 'id' | 'file' | 'bytes'>): Promise<Removed> {
    const hasGone = file !== null && folder !== null && (await removeFile(pathIn(folder, file)));
    db.run('DELETE FROM sessions WHERE id = ?', [id]);
    return { id, file, recording: file === null ? 'none' : hasGone ? 'removed' : 'missing', bytes: hasGone ? bytes : 0 };
  }

  return {
    deleteSession: async (id) => remove(sessions.getSession(id)),
    async retention({ maxAgeDays, maxBytes }) {
      const kept = [...allSessions(sessions)];
      const oldestMs = maxAgeDays === null ? -Infinity : utcMs() - maxAgeDays * DAY_MS;
      let excess = kept.reduce((sum, { bytes }) => sum + bytes, 0) - (maxBytes ?? Infinity);
      const removed: (Removed & { why: 'age' | 'size' })[] = [];
      for (const session of kept.toReversed()) {
        const isOld = session.startedUtcMs < oldestMs;
        if (session.starred || !(isOld || excess > 0)) continue;
        if (!isOld && session.bytes === 0) continue; // would free nothing
        removed.push({ ...(await remove(session)), why: isOld ? 'age' : 'size' });
        excess -= session.bytes;
      }
      return { removed, freedBytes: removed.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
  };
}
