import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCueInbox, stepCueInbox, type CueInbox } from '../../src/dashboard/state/cue-inbox.ts';
import type { CueMessage, HelloMessage, SessionMessage } from '../../src/server/wire.ts';

const hello = (lastCueSeq: number, station = 1): HelloMessage => ({ type: 'hello', protocol: 1, software: '', source: 'live', rollers: [], station, holdsClaim: false, lastCueSeq });
const session = (id: string): SessionMessage => ({ type: 'session', id, roller: null, state: 'running', group: 'lats', side: 'left', massKg: null, startedUtcMs: 0, doses: [] });
const cue = (seq: number): CueMessage => ({
  type: 'cue', seq, roller: null, tS: seq, kind: 'too-fast', level: 1, phase: 'start', group: 'lats', side: 'left', value: 7, limit: 6, repeat: 1, audible: true,
});
const connect = (inbox: CueInbox, lastCueSeq: number, id = 'a') => {
  const action = stepCueInbox(inbox, hello(lastCueSeq));
  expect(stepCueInbox(inbox, session(id))).toEqual({ do: 'nothing' });
  return action;
};
const hear = (inbox: CueInbox, seq: number): boolean => stepCueInbox(inbox, cue(seq)).do === 'tell';

describe('the inbox of cues', () => {
  test('what was before the page opened is not asked for', () => {
    expect(connect(createCueInbox(), 7)).toEqual({ do: 'resume', afterSeq: 7 });
  });

  test('a page that comes back asks after the last it heard', () => {
    const inbox = createCueInbox();
    connect(inbox, 0);
    expect([hear(inbox, 1), hear(inbox, 2)]).toEqual([true, true]);
    expect(connect(inbox, 5)).toEqual({ do: 'resume', afterSeq: 2 });
    expect([3, 4, 5].map((seq) => hear(inbox, seq))).toEqual([true, true, true]);
  });

  test('a session that begins while the page is connected asks for nothing and forgets nothing', () => {
    const inbox = createCueInbox();
    connect(inbox, 0);
    hear(inbox, 1);
    expect(stepCueInbox(inbox, session('b'))).toEqual({ do: 'nothing' });
    expect(hear(inbox, 1)).toBe(false);
    expect(connect(inbox, 1, 'b')).toEqual({ do: 'resume', afterSeq: 1 });
  });

  test('numbers belong to the service: a session that begins after a greeting on the same connection takes nothing back', () => {
    const inbox = createCueInbox();
    connect(inbox, 0);
    stepCueInbox(inbox, hello(0)); // the rollers changed
    expect([hear(inbox, 1), hear(inbox, 2)]).toEqual([true, true]);
    stepCueInbox(inbox, session('b'));
    expect([hear(inbox, 1), hear(inbox, 2), hear(inbox, 3)]).toEqual([false, false, true]);
  });

  test('what was missed while away is asked for, though another session began meanwhile', () => {
    const inbox = createCueInbox();
    connect(inbox, 0);
    hear(inbox, 1);
    expect(connect(inbox, 4, 'b')).toEqual({ do: 'resume', afterSeq: 1 });
  });

  test('a service that was started anew counts from where it is', () => {
    const inbox = createCueInbox();
    connect(inbox, 0);
    for (let seq = 1; seq <= 9; seq++) hear(inbox, seq);
    expect(connect(inbox, 2, 'b')).toEqual({ do: 'resume', afterSeq: 2 });
    expect(hear(inbox, 3)).toBe(true);
  });

  test('each station counts by itself: another one is taken up where it is, and so is the one before when the page comes back to it', () => {
    const inbox = createCueInbox();
    connect(inbox, 0);
    for (let seq = 1; seq <= 3; seq++) hear(inbox, seq);
    expect(stepCueInbox(inbox, hello(40, 2))).toEqual({ do: 'resume', afterSeq: 40 });
    expect([hear(inbox, 2), hear(inbox, 41), hear(inbox, 41)]).toEqual([false, true, false]);
    expect(stepCueInbox(inbox, hello(50, 1))).toEqual({ do: 'resume', afterSeq: 50 });
    expect(stepCueInbox(inbox, hello(60, 1))).toEqual({ do: 'resume', afterSeq: 50 });
  });

  test('in whatever order cues come, and however often, each is told once and none is asked for twice', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }), fc.array(fc.integer({ min: 1, max: 8 })), (first, again) => {
        const inbox = createCueInbox();
        connect(inbox, 0);
        const told = [...first, ...again].filter((seq) => hear(inbox, seq));
        expect(told).toEqual([...new Set([...first, ...again])]);
        const missing = [1, 2, 3, 4, 5, 6, 7, 8].find((seq) => !told.includes(seq)) ?? 9;
        expect(connect(inbox, 8)).toEqual({ do: 'resume', afterSeq: missing - 1 });
      }),
    );
  });
});
