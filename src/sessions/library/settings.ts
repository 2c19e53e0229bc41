import type { Database } from './database.ts';
import { isPerson } from './people.ts';
import { librarySettings, type LibrarySettings, type SettingsPatch } from './records.ts';
import { notFound } from './rows.ts';

export interface Settings {
  settings(): LibrarySettings;
  /** Keys left out are left alone. Throws E_NOT_FOUND for a person who is not there. */
  changeSettings(patch: SettingsPatch): LibrarySettings;
}

type Name = keyof LibrarySettings;
const NAMES = Object.keys(librarySettings.shape) as Name[];

export function settingsOf(db: Database): Settings {
  /** What this software cannot understand counts as never set, and who is not there any more is not present. */
  const settings = (): LibrarySettings => {
    const kept = new Map(db.all('SELECT name, value FROM settings').map((row) => [row['name'], row['value']]));
    const read = Object.fromEntries(NAMES.map((name) => [name, valueOf(name, kept.get(name))])) as LibrarySettings;
    const { presentPersonId } = read;
    return { ...read, presentPersonId: presentPersonId !== null && isPerson(db, presentPersonId) ? presentPersonId : null };
  };
  return {
    settings,
    changeSettings(patch) {
      const { presentPersonId = null } = patch;
      if (presentPersonId !== null && !isPerson(db, presentPersonId)) throw notFound('person', presentPersonId);
      db.transaction(() => {
        for (const name of NAMES) {
          if (patch[name] === undefined) continue;
          const value = JSON.stringify(patch[name]);
          db.run('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, value]);
        }
      });
      return settings();
    },
  };
}

function valueOf(name: Name, text: unknown): unknown {
  if (typeof text !== 'string') return null;
  const read = librarySettings.shape[name].safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}
