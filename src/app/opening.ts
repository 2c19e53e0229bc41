import type { CommandEvent, PipelineInput } from '../pipeline.ts';
import { keepLast, preludeEvents, type Prelude } from '../sessions/prelude.ts';
import type { RecordedEvent } from '../sessions/recording.ts';

/** A day of one command a minute while a roller is awaited; of more the latest count. */
const MOST_SAID = 1440;

/** What came before the first samples of a session: of the person every word, of the roller the last one before each of those. Plain data. */
export interface Opening {
  readonly said: { readonly before: Prelude; readonly command: CommandEvent }[];
  /** Of the roller since the person spoke last. */
  since: Prelude;
}

export const createOpening = (): Opening => ({ said: [], since: new Map() });

export function addToOpening(opening: Opening, input: PipelineInput): void {
  if (input.type !== 'command') return keepLast(opening.since, input);
  const { said, since } = opening;
  opening.since = new Map();
  if (said.push({ before: since, command: input }) > MOST_SAID) forgetFirst(said);
}

/** The first word, not what the roller had said before it. */
function forgetFirst(said: Opening['said']): void {
  const [first, second] = said.splice(0, 2);
  const before: Prelude = new Map();
  for (const event of [...first!.before.values(), ...second!.before.values()]) keepLast(before, event);
  said.unshift({ ...second!, before });
}

/** As a recording has to begin with it. */
export const openingEvents = ({ said, since }: Opening): readonly RecordedEvent[] => [
  ...said.flatMap(({ before, command }) => [...preludeEvents(before), command]),
  ...preludeEvents(since),
];
