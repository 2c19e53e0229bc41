import type { PipelineCommand, PipelineConfig } from '../pipeline.ts';
import type { RecordedEvent } from './recording.ts';

/** The last event of each kind of which only the last matters to what comes after. */
export type Prelude = Map<string, RecordedEvent>;

/**
 * What a recording has to begin with so that it stands by itself when it begins in the middle: the last word on the roller and its
 * link, on its calibrations, on the person's mass, profile and muscle; in the order in which they came, who the roller is before
 * all else. Of what it gave it may be made again, with what came since.
 */
export function preludeOf(events: Iterable<RecordedEvent>): readonly RecordedEvent[] {
  const prelude: Prelude = new Map();
  for (const event of events) keepLast(prelude, event);
  return preludeEvents(prelude);
}

/** The same as events come. */
export function keepLast(prelude: Prelude, event: RecordedEvent): void {
  const kind = kindOf(event);
  if (kind === null) return;
  prelude.delete(kind);
  prelude.set(kind, event);
}

export const preludeEvents = (prelude: Prelude): readonly RecordedEvent[] => [
  ...[...prelude.values()].filter(({ type }) => type === 'info'),
  ...[...prelude.values()].filter(({ type }) => type !== 'info'),
];

const LASTING_VALUES = new Set(['info', 'status', 'battery']);
const LASTING_COMMANDS = new Set<PipelineCommand['type']>(['select', 'mass', 'profile']);

/** What the event is the last word on; null: it passes. */
function kindOf(event: RecordedEvent): string | null {
  switch (event.type) {
    case 'info':
      return 'roller';
    case 'state':
      return 'link';
    case 'frame':
      return LASTING_VALUES.has(event.characteristic) ? event.characteristic : null;
    case 'command':
      if (event.command.type === 'calibration') return `calibration of ${event.command.rollerId}`;
      return LASTING_COMMANDS.has(event.command.type) ? event.command.type : null;
  }
}

/** What flags say, as the commands that say the same: a recording has to know it. */
export function commandsOf({ group, side, massKg }: PipelineConfig['overrides']): readonly PipelineCommand[] {
  return [
    ...(group === undefined && side === undefined ? [] : [{ type: 'select', group: group ?? 'unknown', side: side ?? 'both' } as const]),
    ...(massKg === undefined ? [] : [{ type: 'mass', massKg } as const]),
  ];
}
