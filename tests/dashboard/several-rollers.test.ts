import { describe, expect, test } from 'vitest';
import { nameOf, standingText, stateText, strangers } from '../../src/dashboard/sheets/rollers-text.ts';
import { refusalText } from '../../src/dashboard/state/refusal-text.ts';
import { metIn, standingOf, watchedIn } from '../../src/dashboard/state/standing.ts';
import { signalOf } from '../../src/dashboard/view/signal-words.ts';
import type { AirRoller, HelloMessage, RollerView } from '../../src/server/wire.ts';

const roller = (id: string, station: number, claimedBy: string | null = null): RollerView => ({
  id, name: `Roller ${id}`, tool: 'roller', texture: 'soft', radiusCm: 7, hasPressure: true, firmware: null, station,
  rssiDbm: null, batteryPct: null, protocolVersion: 1, link: 'streaming', session: 'running', claimedBy,
});
const hello = (station: number, rollers: RollerView[], holdsClaim = false): HelloMessage => ({
  type: 'hello', protocol: 1, software: '', source: 'live', rollers, station, holdsClaim, lastCueSeq: 0,
});
const inAir = (parts: Partial<AirRoller>): AirRoller => ({
  id: null, name: null, address: null, rssiDbm: null, batteryPct: null, protocolVersion: null, known: false, station: null, claimedBy: null, ...parts,
});

describe('which roller is watched, and who commands it', () => {
  const two = [roller('a', 1), roller('b', 2, "Ada's phone")];

  test('it is the one of the station, wherever it stands in the list', () => {
    expect(watchedIn(hello(2, two))?.id).toBe('b');
    expect(watchedIn(hello(3, two))).toBeNull();
    expect(watchedIn(null)).toBeNull();
  });

  test('everybody commands what nobody has claimed; a claim is ours or theirs', () => {
    expect(standingOf(hello(1, two), null)).toEqual({ at: 'free' });
    expect(standingOf(hello(2, two), null)).toEqual({ at: 'theirs', label: "Ada's phone" });
    expect(standingOf(hello(2, two, true), 'b')).toEqual({ at: 'ours' });
    expect(standingOf(null, 'b')).toEqual({ at: 'free' });
  });

  test('who asked for a roller that is not here commands none', () => {
    expect(standingOf(hello(1, two), 'c')).toEqual({ at: 'astray', wanted: 'c' });
    expect(standingOf(hello(1, []), 'c')).toEqual({ at: 'astray', wanted: 'c' });
    expect(standingOf(hello(1, two, true), 'b')).toEqual({ at: 'astray', wanted: 'b' });
  });

  test('who comes of a meeting is known by its name, or by not being the one of before', () => {
    expect(metIn(hello(1, two), { roller: 'Smart Roller 9C02', before: 'a' })).toBeNull();
    expect(metIn(hello(1, []), { roller: 'f0:00:00:00:00:07', before: 'a' })).toBeNull();
    expect(metIn(hello(1, [roller('c', 1)]), { roller: 'f0:00:00:00:00:07', before: 'a' })?.id).toBe('c');
    expect(metIn(hello(1, two), { roller: 'Roller a', before: 'a' })?.id).toBe('a');
    expect(metIn(hello(1, two), { roller: 'a', before: 'a' })?.id).toBe('a');
  });

  test('in words', () => {
    expect(standingText({ at: 'free' })).toBeNull();
    expect(standingText({ at: 'theirs', label: "Ada's phone" })).toMatch(/^Ada's phone has this roller to itself\. Pain /);
    expect(standingText({ at: 'astray', wanted: 'c' })).toMatch(/not here/);
    expect(stateText({ link: 'waiting', session: 'safety-stop' })).toBe('lost, stopped for pain');
  });
});

describe('what was refused, in words', () => {
  const refusal = (code: string, message: string): string => refusalText({ type: 'error', code, message });

  test('a claim, a roller that is not here, and all else as the service says it', () => {
    expect(refusal('claimed', "ada's phone has this roller to themselves")).toBe("Ada's phone has this roller to themselves: only pain can be told from here");
    expect(refusal('no-such-roller', 'the roller c has no station here')).toBe('That roller is not here. This screen turns to it as soon as it comes');
    expect(refusal('E_BUSY', 'the roller is busy')).toBe('the roller is busy');
  });
});

describe('who is in the air', () => {
  test('beside those that are shown already', () => {
    const air = [inAir({ id: 'a', station: 1 }), inAir({ id: 'b', known: true }), inAir({ address: 'f0:07' })];
    expect(strangers(air, [roller('a', 1), roller('b', 2)])).toEqual([air[2]]);
    expect(strangers(air, [])).toEqual([air[1], air[2]]);
  });

  test('is called by the best name there is', () => {
    expect(nameOf({ name: 'Smart Roller 9C02', address: 'f0:07', id: 'b' })).toBe('Smart Roller 9C02');
    expect(nameOf({ name: null, address: 'f0:07', id: null })).toBe('f0:07');
    expect(nameOf({ name: null, address: null, id: null })).toBe('No name');
  });
});

test('loudness has four bars and a word for each', () => {
  expect([-40, -60, -61, -70, -75, -85, -95, null].map((rssiDbm) => signalOf(rssiDbm))).toEqual([
    { fromDbm: -60, bars: 4, word: 'strong' }, { fromDbm: -60, bars: 4, word: 'strong' },
    { fromDbm: -70, bars: 3, word: 'good' }, { fromDbm: -70, bars: 3, word: 'good' },
    { fromDbm: -80, bars: 2, word: 'fair' }, { fromDbm: -90, bars: 1, word: 'weak' },
    { fromDbm: Number.NEGATIVE_INFINITY, bars: 0, word: 'hardly there' },
    { bars: 0, word: 'not known' },
  ]);
});
