import type { PipelineCommand } from '../pipeline.ts';

/** What the simulated person does at the screen, by the time of the session. */
export interface ScriptOptions {
  readonly commands: readonly { readonly tS: number; readonly command: PipelineCommand }[];
  /** The scenario begins anew after so long, as a session of its own. */
  readonly periodS: number;
}

/** Where a script stands. Plain data. */
export interface Script extends ScriptOptions {
  round: number;
  next: number;
  /** What a person at the dashboard has taken over. */
  readonly takenOver: Set<Concern>;
}

type Concern = 'muscle' | 'mass' | 'pain' | 'hold' | 'profile' | 'session' | 'calibration' | 'marker';

/** A person who does one of these takes over all of the same concern. */
const CONCERNS: Readonly<Record<PipelineCommand['type'], Concern>> = {
  select: 'muscle',
  mass: 'mass',
  pain: 'pain',
  confirm: 'pain',
  hold: 'hold',
  profile: 'profile',
  start: 'session',
  pause: 'session',
  continue: 'session',
  stop: 'session',
  calibration: 'calibration',
  marker: 'marker',
};

/** Times are sums. */
const SAME_S = 1e-6;

const NEW_SESSION: readonly PipelineCommand[] = [{ type: 'stop' }, { type: 'start' }];

export const createScript = ({ commands, periodS }: ScriptOptions): Script => ({
  commands: commands.toSorted((a, b) => a.tS - b.tS),
  periodS,
  round: 0,
  next: 0,
  takenOver: new Set(),
});

/** A person at the dashboard did something: from now on that is theirs. */
export function heedPerson(script: Script, command: PipelineCommand): void {
  script.takenOver.add(CONCERNS[command.type]);
}

/** What the simulated person does up to the session time `tS`, in order; each is given once. */
export function dueCommands(script: Script, tS: number): readonly PipelineCommand[] {
  const due: PipelineCommand[] = [];
  for (;;) {
    const step = script.commands[script.next];
    if (step !== undefined && script.round * script.periodS + step.tS <= tS + SAME_S) {
      due.push(step.command);
      script.next++;
    } else if (step === undefined && (script.round + 1) * script.periodS <= tS + SAME_S) {
      script.round++;
      script.next = 0;
      // A stop for pain that a person reported is theirs to end.
      if (!script.takenOver.has('pain')) due.push(...NEW_SESSION);
    } else {
      return due.filter(({ type }) => !script.takenOver.has(CONCERNS[type]));
    }
  }
}
