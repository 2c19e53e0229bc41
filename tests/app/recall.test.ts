import { describe, expect, it } from 'vitest';
import { memoryOf, recall } from '../../src/app/recall.ts';
import type { RememberedRoller } from '../../src/sessions/remembered.ts';

const met = (id: string, name: string, address: string | null): RememberedRoller =>
  ({ id, name, address, tool: 'roller', protocolVersion: 1, batteryPct: 70, lastSeenUtcMs: 0 });
const BLUE = met('b1', 'Blue', 'F0:00:00:00:00:0B');
const RED = met('a1', 'Red', null);
const TWIN = met('a2', 'Red', 'f0:00:00:00:00:0c');

describe('a roller that advertises is recalled', () => {
  it.each([
    ['by its address', ['f0:00:00:00:00:0b', 'new name'], 'b1'],
    ['by its name behind another address', ['f0:00:00:00:00:99', 'blue'], 'b1'],
    ['by its address rather than by the name of another', ['f0:00:00:00:00:0c', 'blue'], 'a2'],
  ])('%s', (_how, names, id) => expect(recall([BLUE, RED, TWIN], names)?.id).toBe(id));

  it.each([
    ['of a name that two have', ['red']],
    ['never met', ['green', 'f0:00:00:00:00:77']],
    ['without a name', []],
  ])('but not one %s', (_which, names) => expect(recall([BLUE, RED, TWIN], names)).toBeNull());

  it('by what is known at that time', () => {
    const rollers = [RED];
    const memory = memoryOf({ all: () => rollers, remember: () => Promise.resolve() });
    expect([memory.ids, memory.idOf(['blue'])]).toEqual([['a1'], null]);
    rollers.push(BLUE);
    expect([memory.ids, memory.idOf(['blue'])]).toEqual([['a1', 'b1'], 'b1']);
  });
});
