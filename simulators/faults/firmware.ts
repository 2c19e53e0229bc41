import type { Random } from '../random.ts';
import type { RadioFirmware, RadioOutput } from '../radio/firmware.ts';

/** A firmware that can be made to lose its memory, and to send what it has sent before. */
export interface FaultyFirmware extends RadioFirmware {
  /** The battery was out: what `create` gives next takes over, its time at 0. */
  reboot(): void;
  /** From now on each stream begins with copies of so many of the last frames of the one before, in disorder; 0: no more. */
  repeatStale(frames: number): void;
  /** So many pressure cells are broken from now on, whatever is rebooted; 0: none. */
  breakCells(count: number): void;
}

/** What samples come through: of a roller, of another sensor. */
const STREAMS: ReadonlySet<string> = new Set(['stream', 'sensor']);
/** Most copies that are kept. */
const KEPT_FRAMES = 64;

/**
 * `create` makes a firmware that has just been powered on; it is handed how long ago the first one was first told something, s, since the person
 * goes on rolling meanwhile; null: never yet.
 */
export function createFaultyFirmware(create: (begunAgoS: number | null) => RadioFirmware, random: Random): FaultyFirmware {
  let inner = create(null);
  let bootS = 0;
  let lastS = 0;
  let begunS: number | null = null;
  let kept: RadioOutput[] = [];
  let staleFrames = 0;
  let brokenCells = 0;
  /** Copies that wait for a stream to begin. */
  let stale: readonly RadioOutput[] = [];

  const sinceBootS = (nowS: number): number => (lastS = Math.max(lastS, nowS)) - bootS;

  const ended = (): void => {
    stale = shuffled(kept.slice(-staleFrames || kept.length), random);
    kept = [];
  };

  return {
    get name() {
      return inner.name;
    },
    ...(inner.profile && { profile: inner.profile }),
    subscribed: (characteristic, nowS) => {
      if (inner.subscribed === undefined) return;
      begunS ??= nowS;
      inner.subscribed(characteristic, sinceBootS(nowS));
    },
    read: (characteristic) => inner.read(characteristic),
    control: (request, mtu, nowS) => {
      begunS ??= nowS;
      return inner.control(request, mtu, sinceBootS(nowS));
    },
    disconnected: () => {
      ended();
      inner.disconnected();
    },
    nextDueS: () => {
      const dueS = inner.nextDueS();
      return dueS === null ? null : dueS + bootS;
    },
    advance: (nowS) => {
      const outputs = inner.advance(sinceBootS(nowS)).map((output) => ({ ...output, dueS: output.dueS + bootS }));
      const streamed = outputs.filter(({ characteristic }) => STREAMS.has(characteristic));
      if (streamed.length === 0) return outputs;
      kept.push(...streamed);
      kept.splice(0, kept.length - KEPT_FRAMES);
      const copies = staleFrames > 0 ? stale.map((copy) => ({ ...copy, dueS: streamed[0]!.dueS })) : [];
      stale = [];
      return [...copies, ...outputs];
    },
    dropped: (output) => inner.dropped(output),
    reboot: () => {
      bootS = lastS;
      // What it held in its memory is gone, too.
      [kept, stale] = [[], []];
      inner = create(begunS === null ? null : lastS - begunS);
      inner.breakCells?.(brokenCells);
    },
    repeatStale: (frames) => (staleFrames = frames),
    breakCells: (count) => {
      brokenCells = count;
      inner.breakCells?.(count);
    },
  };
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random.next() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
