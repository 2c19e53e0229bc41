import type { CommandEvent, PipelineInput } from '../pipeline.ts';
import { keepLast, preludeEvents, type Prelude } from '../sessions/prelude.ts';
import type { RecordedEvent } from '../sessions/recording.ts';

/** A day of one command a minute while a roller is awaited; of more the latest count. */
const MOST_SAID = 1440;

/** What came before the first samples of a session: of the roller the last word, of the person every one. Plain data. */
export interface Opening {
  readonly roller: Prelude;
  readonly said: CommandEvent[];
}

export const createOpening = (): Opening => ({ roller: new Map(), said: [] });

export function addToOpening({ roller, said }: Opening, input: PipelineInput): void {
  if (input.type !== 'command') keepLast(roller, input);
  else if (said.push(input) > MOST_SAID) said.shift();
}

/** As a recording has to begin with it. */
export const openingEvents = ({ roller, said }: Opening): readonly RecordedEvent[] => [...preludeEvents(roller), ...said];
