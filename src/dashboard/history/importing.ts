import { signal } from '@preact/signals';
import type { ErrorBody, Imported } from '../../server/api/schemas.ts';
import { importRecording } from './api.ts';
import { chosenPerson } from './chosen-person.ts';
import { importProblem } from './problem-words.ts';

/** A file on its way into the library, and what came of it. */
export interface TakenIn {
  readonly name: string;
  readonly came:
    | { readonly at: 'waiting' | 'going' }
    | { readonly at: 'kept'; readonly imported: Imported }
    | { readonly at: 'refused'; readonly problem: ErrorBody };
}

/** Of this page's life, the last file first. */
export const takenIn = signal<readonly TakenIn[]>([]);

/** One file after the other, for whoever is looked at. Never rejects. */
export async function takeIn(files: readonly File[]): Promise<void> {
  const entries = files.map((file) => ({ file, entry: { name: file.name, came: { at: 'waiting' } } as TakenIn }));
  takenIn.value = [...entries.map(({ entry }) => entry), ...takenIn.value];
  for (const { file, entry } of entries) {
    const going = replace(entry, { at: 'going' });
    const answer = await importRecording(file, chosenPerson.peek());
    if (answer.ok) replace(going, { at: 'kept', imported: answer.value });
    else replace(going, { at: 'refused', problem: importProblem(answer.problem, file.name) });
  }
}

function replace(old: TakenIn, came: TakenIn['came']): TakenIn {
  const next = { ...old, came };
  takenIn.value = takenIn.value.map((entry) => (entry === old ? next : entry));
  return next;
}
