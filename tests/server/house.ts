import { once } from 'node:events';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import type { Clock } from '../../src/clock.ts';
import type { CueEvent } from '../../src/coaching/events.ts';
import type { StationSource, Wish } from '../../src/server/channel.ts';
import { createHub, type Audience, type Hub, type HubOptions } from '../../src/server/hub.ts';
import type { HubSource } from '../../src/server/switchboard.ts';
import { buildServer, type ServerOptions } from '../../src/server/server.ts';
import { serverMessage, type RollerView, type ServerMessage, type SnapshotMessage } from '../../src/server/wire.ts';

type OfType<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

export const aCue: CueEvent = {
  kind: 'too-fast', level: 1, phase: 'start', tS: 4.1,
  group: 'quadriceps', side: 'left', value: 15.2, limit: 14, repeat: 1, audible: true,
};

export const aSnapshot: Omit<SnapshotMessage, 'type'> = {
  tS: 12.3, source: 'simulated', roller: 'r1', link: 'streaming', linkReason: null, ageMs: 12, batteryPct: 80, rssiDbm: -50,
  session: 'running', group: 'quadriceps', side: 'left', speedCmS: 3.25, direction: 1, positionCm: 4.5,
  contact: true, contactAssumed: false, forceN: 210, forcePctBw: 30, pressureKpa: 41, balance: 0.1,
  dwellS: 2.5, doseS: 12.5, set: { number: 1, of: 1, restLeftS: null }, hold: null, rhythm: null, strokes: 3, path: { fromCm: -2, secondsPerCm: [0.5, 1.25], coverage: 0.2, lengthCm: null },
  limits: {
    greenCmS: [1, 5], warnCmS: 14, strongCmS: 28, areaWindowCm: 5, dwellHintS: 20, dwellWarnS: 30,
    doseMinS: 30, doseGoalS: 60, doseMaxS: 90, forcePctBw: 60, pressureKpa: null,
  },
  active: [], cue: null, relieved: false, praisedS: null,
};

export const aRoller: Omit<RollerView, 'station' | 'claimedBy'> = {
  id: 'r1', name: 'Roller 1', tool: 'roller', texture: 'firm', radiusCm: 7.5, hasPressure: true, firmware: '1.0.0',
  rssiDbm: -50, batteryPct: 80, protocolVersion: 1, link: 'streaming', session: 'running',
};

/** A clock that the test moves, and with it the timers of the hub; sockets stay real. */
export interface TestClock extends Clock {
  /** Moves by 50 ms, the time between two snapshots, `beats` times; sockets get a turn after each. */
  beat(beats?: number): Promise<void>;
}

function createTestClock(): TestClock {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let nowS = 1000;
  return {
    monotonicS: () => nowS,
    utcMs: () => 1_772_000_000_000 + nowS * 1000,
    async beat(beats = 1) {
      for (let beat = 0; beat < beats; beat++) {
        nowS += 0.05;
        vi.advanceTimersByTime(50);
        await nextTurn();
      }
    },
  };
}

export interface House {
  readonly clock: TestClock;
  readonly hub: Hub;
  /** Where the stations tell what happens, and the first of them. */
  readonly audiences: readonly Audience[];
  readonly told: Audience;
  readonly port: number;
  readonly wishes: Wish[];
  /** The same of every station but the first, with its number. */
  readonly otherWishes: [station: number, wish: Wish][];
  readonly met: [roller: string, station: number][];
  readonly logged: string[];
  readonly server: ReturnType<typeof buildServer>;
  readonly connect: (options?: ClientOptions, query?: string) => Promise<Probe>;
}

type Knobs = Pick<HubOptions, 'maxClients' | 'keptCues'> & Pick<ServerOptions, 'policy' | 'health'>;

export interface HouseOptions extends Partial<Knobs> {
  readonly bind?: string;
  readonly source?: Partial<StationSource>;
  readonly hubSource?: Partial<Pick<HubSource, 'scan' | 'meet'>>;
  /** Device ids of the rollers of the stations; null: one that is still without. */
  readonly rollers?: (string | null)[];
}

/** A real server on a free port over a source that the test makes up; everything is closed when the test ends. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { bind = '127.0.0.1', source, hubSource, rollers = ['r1'], policy = { host: '127.0.0.1', token: null } } = options;
  const { health = () => ({ running: true, source: 'simulated' }) } = options;
  const clock = createTestClock();
  const wishes: Wish[] = [];
  const otherWishes: House['otherWishes'] = [];
  const met: House['met'] = [];
  const logged: string[] = [];
  const log = { info: (line: string) => void logged.push(line), warn: (line: string) => void logged.push(line) };
  const stationAt = (index: number): StationSource => {
    const roller = (): string | null => rollers[index] ?? null;
    return {
      roller: () => (roller() === null ? null : { ...aRoller, id: roller()!, name: `Roller ${index + 1}` }),
      session: () => ({
        id: `s${index + 1}`, roller: roller(), state: 'running', group: 'quadriceps', side: 'left', massKg: null, startedUtcMs: 1, doses: [],
      }),
      snapshot: () => ({ ...aSnapshot, roller: roller(), tS: clock.monotonicS() }),
      playback: () => null,
      fulfil: (wish) => void (index === 0 ? wishes.push(wish) : otherWishes.push([index + 1, wish])),
      ...source,
    };
  };
  const hub = createHub({
    clock,
    log,
    ...options,
    source: {
      software: 'test 0',
      source: 'simulated',
      stations: rollers.map((_roller, index) => stationAt(index)),
      scan: () => Promise.resolve([]),
      meet: (roller, station) => void met.push([roller, station]),
      ...hubSource,
    },
  });
  const { audiences } = hub;
  const viewings = { attach: (socket: WebSocket, session: string) => socket.close(1000, `no ${session} here`), close: () => Promise.resolve() };
  const server = buildServer({ hub, viewings, policy, health, dashboard: aDashboard(), log });
  await server.listen({ host: bind, port: 0 });
  onTestFinished(() => server.close());
  const { port } = server.server.address() as AddressInfo;
  const connect = async (socketOptions?: ClientOptions, query = ''): Promise<Probe> => {
    const probe = openProbe(`ws://127.0.0.1:${port}/ws${query}`, socketOptions);
    onTestFinished(() => probe.socket.terminate());
    await once(probe.socket, 'open');
    return probe;
  };
  return { clock, hub, audiences, told: audiences[0]!, port, wishes, otherWishes, met, logged, server, connect };
}

function aDashboard(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'smart-roller-dashboard-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Smart Roller</title>');
  writeFileSync(path.join(folder, 'assets', 'index-C0ffee12.js'), 'export {};');
  return folder;
}

/** A client that keeps every message, held to the schema, and waits for one. */
export interface Probe {
  readonly socket: WebSocket;
  readonly received: ServerMessage[];
  all<T extends ServerMessage['type']>(type: T): OfType<T>[];
  /** The first message of a type, from `from` on, that has come or is still to come. */
  next<T extends ServerMessage['type']>(type: T, fits?: (message: OfType<T>) => boolean): Promise<OfType<T>>;
  say(message: unknown): void;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

export function openProbe(url: string, options?: ClientOptions): Probe {
  const socket = new WebSocket(url, options);
  const received: ServerMessage[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    received.push(serverMessage.parse(JSON.parse((data as Buffer).toString())));
    for (const look of waiting) look();
  });
  socket.on('error', () => {});
  const all = <T extends ServerMessage['type']>(type: T): OfType<T>[] =>
    received.filter((message): message is OfType<T> => message.type === type);
  return {
    socket,
    received,
    all,
    next: (type, fits = () => true) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = all(type).find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        socket.once('close', (code) => reject(new Error(`closed with ${code} while waiting for ${type}`)));
        look();
      }),
    say: (message) => socket.send(JSON.stringify(message)),
    closed: new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))),
  };
}

/** Lets the sockets do all they have to: what was said is answered before the pong to this ping. */
export async function settle(probe: Probe): Promise<void> {
  probe.socket.ping('settle');
  for (;;) if (String((await once(probe.socket, 'pong'))[0]) === 'settle') return;
}

export const codesOf = (probe: Probe): string[] => probe.all('error').map(({ code }) => code);
