import { describe, expect, it } from 'vitest';
import { createScript, dueCommands, heedPerson, type Script } from '../../src/app/script.ts';

const select = (group: 'lats' | 'quadriceps') => ({ type: 'select', group, side: 'left' }) as const;

const aScript = (): Script =>
  createScript({
    commands: [
      { tS: 20, command: { type: 'pain', nrs: 5 } },
      { tS: 0, command: select('lats') },
      { tS: 10, command: select('quadriceps') },
    ],
    periodS: 60,
  });

describe('the script of a scenario', () => {
  it('gives each command once, when its time has come, in order', () => {
    const script = aScript();
    expect(dueCommands(script, 0)).toEqual([select('lats')]);
    expect(dueCommands(script, 9.99)).toEqual([]);
    expect(dueCommands(script, 25)).toEqual([select('quadriceps'), { type: 'pain', nrs: 5 }]);
    expect(dueCommands(script, 59)).toEqual([]);
  });

  it('begins anew with the scenario, as a new session', () => {
    const script = aScript();
    dueCommands(script, 59);
    expect(dueCommands(script, 60)).toEqual([{ type: 'stop' }, { type: 'start' }, select('lats')]);
    expect(dueCommands(script, 70)).toEqual([select('quadriceps')]);
    const round = ['stop', 'start', 'select', 'select', 'pain'];
    expect(dueCommands(script, 200).map(({ type }) => type)).toEqual(['pain', ...round, ...round]);
  });

  it('leaves to the person what the person has taken over', () => {
    const script = aScript();
    heedPerson(script, select('lats'));
    expect(dueCommands(script, 25)).toEqual([{ type: 'pain', nrs: 5 }]);
    heedPerson(script, { type: 'pause' });
    expect(dueCommands(script, 100)).toEqual([{ type: 'pain', nrs: 5 }]);
  });

  it('does not end a stop for pain that the person reported', () => {
    const script = aScript();
    heedPerson(script, { type: 'pain', nrs: 8 });
    expect(dueCommands(script, 100).map(({ type }) => type)).toEqual(['select', 'select', 'select', 'select']);
  });
});
