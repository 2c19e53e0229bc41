import { beforeEach, describe, expect, test } from 'vitest';
import { connectCompanion, type SocketPort, type SocketState } from '../../src/dashboard/state/socket.ts';
import type { ServerMessage } from '../../src/server/wire.ts';

/** Virtual time, and connections that the test opens, feeds and breaks. */
class FakeWorld {
  nowMs = 0;
  readonly dialled: { onOpen: () => void; onText: (text: string) => void; onClose: () => void }[] = [];
  readonly sent: string[] = [];
  #timers: { atMs: number; run: () => void }[] = [];

  readonly port: SocketPort = {
    open: (handlers) => {
      this.dialled.push(handlers);
      return { send: (text) => void this.sent.push(text), close: () => handlers.onClose() };
    },
    nowMs: () => this.nowMs,
    later: (ms, run) => {
      const timer = { atMs: this.nowMs + ms, run };
      this.#timers.push(timer);
      return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
    },
  };

  get timers(): number {
    return this.#timers.length;
  }
  get last() {
    return this.dialled.at(-1)!;
  }
  advance(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = untilMs;
  }
}

let world: FakeWorld;
let states: SocketState[];
let messages: ServerMessage[];
const connect = () => connectCompanion(world.port, { onState: (state) => states.push(state), onMessage: (message) => messages.push(message) });

beforeEach(() => {
  world = new FakeWorld();
  states = [];
  messages = [];
});

describe('the reconnecting socket', () => {
  test('waits twice as long after each failure, up to 8 s, and anew from half a second once something was heard', () => {
    connect();
    const waits = [0, 1, 2, 3, 4, 5].map(() => {
      world.last.onClose();
      const state = states.at(-1)!;
      const waitMs = state.at === 'waiting' ? state.retryAtMs - world.nowMs : Number.NaN;
      world.advance(waitMs);
      return waitMs;
    });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
    expect(world.dialled).toHaveLength(7);
    world.last.onOpen();
    world.last.onText('{"type":"error","code":"x","message":"y"}');
    world.last.onClose();
    expect(states.at(-1)).toEqual({ at: 'waiting', retryAtMs: world.nowMs + 500 });
  });

  test('a connection that falls silent for 5 s is given up', () => {
    connect();
    world.last.onOpen();
    world.advance(4000);
    world.last.onText('{"type":"error","code":"x","message":"y"}');
    world.advance(4900);
    expect(states.at(-1)).toEqual({ at: 'open' });
    world.advance(100);
    expect(states.at(-1)?.at).toBe('waiting');
  });

  test('noise is ignored, and so is what comes late over a connection that was given up', () => {
    connect();
    const first = world.last;
    first.onOpen();
    for (const noise of ['', 'nonsense', 'null', '[]', '42', '{}']) first.onText(noise);
    first.onClose();
    world.advance(500);
    first.onText('{"type":"error","code":"x","message":"old"}');
    first.onClose();
    expect(messages).toEqual([]);
    expect(world.dialled).toHaveLength(2);
    expect(states.at(-1)).toEqual({ at: 'connecting' });
  });

  test('closing leaves no timer and dials no more', () => {
    const socket = connect();
    world.last.onOpen();
    socket.close();
    expect(world.timers).toBe(0);
    world.advance(60_000);
    expect(world.dialled).toHaveLength(1);
  });
});
