import path from 'node:path';
import { BehaviorSubject, NEVER, Subject, type Observable } from 'rxjs';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { PipelineConfig } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import type { Calibrations } from '../sessions/calibrations.ts';
import { calibrationsIn } from '../sessions/library/kept-calibrations.ts';
import { noLibrary, openLibrary, type Library } from '../sessions/library/library.ts';
import type { Person } from '../sessions/library/records.ts';
import { recoverFolder } from '../sessions/recover.ts';
import { openRemembered, type RememberedRollers } from '../sessions/remembered.ts';
import { andThen } from './and-then.ts';
import { presentIn, type Present } from './present.ts';

/** What a companion knows from before, and keeps for later. */
export interface Memory extends Present {
  /** False: there can be no library here, and its `library` says why whatever it is asked. */
  readonly keepsSessions: boolean;
  readonly calibrations: Calibrations;
  /** A person has changed what is kept of a roller. */
  readonly rollerEdits$: Observable<void>;
  readonly remembered: RememberedRollers;
}

export interface MemoryOptions {
  /** Null: as long as the program runs. */
  readonly folder: string | null;
  /** Simulated rollers are met anew each time. */
  readonly remembersRollers: boolean;
  readonly coaching: PipelineConfig['coaching'];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens a data folder: mends recordings whose program was killed, opens the library, takes in what it does not have yet, and lets go of
 * what is past its time. What was wrong, and what was lost, is told in the log. Rejects with E_LIBRARY_NEWER, E_LIBRARY, E_FILE_READ, E_FILE_WRITE.
 */
export async function openMemory({ folder, remembersRollers, coaching, clock, log }: MemoryOptions): Promise<Memory> {
  const library = await openLibrary(folder, { clock, coaching });
  try {
    if (library.damage !== null) log.warn(library.damage);
    if (folder !== null) await tidy(folder, library, log);
    const remembered = await openRemembered(remembersRollers ? folder : null, clock.utcMs());
    if (remembered.damage !== null) log.warn(remembered.damage);
    const rollerEdits$ = new Subject<void>();
    const present = presentIn({ ...library, changeRoller: andThen(library.changeRoller, () => rollerEdits$.next()) });
    const calibrations = calibrationsIn(library, () => present.person$.value?.id ?? null);
    return { ...present, keepsSessions: true, calibrations, rollerEdits$, remembered: alsoIn(library, remembered) };
  } catch (error) {
    library.close();
    throw error;
  }
}

/**
 * The same of what nobody asked for: the folder where this system keeps data, or none. Where it cannot be opened, that is told in one line,
 * and nothing is kept for later; where there can be no library at all, nothing is kept.
 */
export async function openUsualMemory(options: MemoryOptions): Promise<Memory> {
  try {
    return await openMemory(options);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const lasting = options.folder === null ? null : await openUsualMemory({ ...options, folder: null });
    if (lasting === null) options.log.warn(`nothing is kept: ${error.line}`);
    else if (lasting.keepsSessions) options.log.warn(`nothing is kept: ${error.line}; or name a folder with --data`);
    return lasting ?? forgetful(error, options);
  }
}

async function forgetful(why: AppError, { coaching, clock }: MemoryOptions): Promise<Memory> {
  return {
    keepsSessions: false,
    library: noLibrary(why, { clock, coaching }),
    person$: new BehaviorSubject<Person | null>(null),
    calibrations: { personId: null, of: () => null, keep: () => Promise.reject(why) },
    rollerEdits$: NEVER,
    remembered: await openRemembered(null, clock.utcMs()),
  };
}

async function tidy(folder: string, library: Library, log: Log): Promise<void> {
  const recoveries = await recoverFolder(folder);
  const told = new Set<string>();
  for (const recovery of recoveries) {
    if (recovery.outcome === 'whole') continue;
    log.warn(recovery.told);
    told.add(path.basename(recovery.file));
  }
  const { skipped } = await library.catchUp();
  for (const { file, why } of skipped) if (!told.has(file)) log.warn(`${file} is not in the library: ${why}`);
  const { keepDays, keepBytes } = library.settings();
  const { removed } = await library.retention({ maxAgeDays: keepDays, maxBytes: keepBytes });
  for (const { id, file, why } of removed) log.info(`session ${id}${file === null ? '' : ` and its recording ${file}`} removed: ${REASONS[why]}`);
}

const REASONS = { age: 'it was too old', size: 'the recordings had become too large' } as const;

/** A roller that is remembered is one that the library has met. */
const alsoIn = (library: Pick<Library, 'meetRoller'>, remembered: RememberedRollers): RememberedRollers => ({
  all: () => remembered.all(),
  remember(roller) {
    library.meetRoller(roller, Math.round(roller.lastSeenUtcMs));
    return remembered.remember(roller);
  },
});
