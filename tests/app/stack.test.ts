import { expect, it } from 'vitest';
import { createStack } from '../../src/app/stack.ts';

it('what was opened is closed the other way round, one after the other, and once', async () => {
  const closed: string[] = [];
  const thing = (name: string) => ({ close: () => Promise.resolve().then(() => void closed.push(name)) });
  const stack = createStack();
  const first = thing('first');
  expect(stack.add(first)).toBe(first);
  stack.add({ close: () => void closed.push('second') });
  stack.add(thing('third'));
  await stack.close();
  await stack.close();
  expect(closed).toEqual(['third', 'second', 'first']);
});
