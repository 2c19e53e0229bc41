import { map, merge, Subject, tap, type Observable } from 'rxjs';
import type { Command } from '../coaching/events.ts';
import type { CommandEvent, PipelineCommand } from '../pipeline.ts';
import { createScript, dueCommands, heedPerson } from './script.ts';
import type { Source } from './source.ts';

/** What is said to a station: by the person at the dashboard, by what is known of them, by a scenario's script, by the program itself. */
export interface Commands {
  /** All of it, stamped with the time of the source. */
  readonly commands$: Observable<CommandEvent>;
  give(command: PipelineCommand): void;
  /** The person says so now: flags do not win over it, and the script leaves it to them from now on. */
  giveByPerson(command: Command): void;
  /** Gives what the script has due up to a time, s since the station was opened. */
  follow(tS: number): void;
}

/** `known$` wins over the script. */
export function createCommands({ clock, script: scripted }: Pick<Source, 'clock' | 'script'>, known$: Observable<Command>): Commands {
  const given$ = new Subject<CommandEvent>();
  const script = scripted && createScript(scripted);
  const stamped = (command: PipelineCommand): CommandEvent => ({ type: 'command', command, arrivalS: clock.monotonicS() });
  const heed = (command: Command): void => {
    if (script !== null) heedPerson(script, command);
  };
  const give = (command: PipelineCommand): void => given$.next(stamped(command));
  return {
    commands$: merge(given$, known$.pipe(tap(heed), map(stamped))),
    give,
    giveByPerson(command) {
      heed(command);
      given$.next({ ...stamped(command), byPerson: true });
    },
    follow(tS) {
      if (script !== null) dueCommands(script, tS).forEach(give);
    },
  };
}
