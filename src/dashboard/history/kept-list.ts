import { signal } from '@preact/signals';
import type { SessionLine } from '../../server/api/schemas.ts';
import { withChanged, without, type Pages } from './pages.ts';

/** The list as it was last seen, and whose: it is there at once when a person comes back from a session. */
export const keptList = signal<{ readonly personId: string | null; readonly pages: Pages } | null>(null);

const change = (by: (pages: Pages) => Pages): void => {
  const { value } = keptList;
  if (value !== null) keptList.value = { ...value, pages: by(value.pages) };
};

export const keep = (line: SessionLine): void => change((pages) => withChanged(pages, line));
export const drop = (id: string): void => change((pages) => without(pages, id));
