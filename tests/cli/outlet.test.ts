import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createOutlet, type Silence } from '../../src/cli/outlet.ts';

/** A stream that takes `room` texts, then fails with this code; with what came of it. */
function withRoomFor(room: number, code: string): { readonly stream: Writable; readonly written: string[] } {
  const written: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      if (written.length < room) done(void written.push(text));
      else done(Object.assign(new Error(code), { code }));
    },
  });
  return { stream, written };
}

describe('an outlet', () => {
  test('writes, and is flushed', async () => {
    const { stream, written } = withRoomFor(9, '');
    const { write, flushed } = createOutlet(stream, () => expect.fail());
    write('a');
    write('b');
    await flushed();
    expect(written).toEqual(['a', 'b', '']);
  });

  test.each([
    ['EPIPE', 'gone'],
    ['EIO', 'gone'],
    ['ENOSPC', 'failed'],
  ])('of a stream that fails with %s tells once that it is %s, and is silent', async (code, why) => {
    const { stream, written } = withRoomFor(1, code);
    const told: Silence[] = [];
    const { write, flushed } = createOutlet(stream, (silence) => told.push(silence));
    for (const text of ['a', 'b', 'c']) write(text);
    await flushed();
    await flushed();
    write('d');
    expect({ told, written }).toEqual({ told: [why], written: ['a'] });
  });
});
