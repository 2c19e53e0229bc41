import { describe, expect, it } from 'vitest';
import { hashOf, placeOf, type Place } from '../../../src/dashboard/history/place.ts';
import { replayCommand } from '../../../src/dashboard/history/replay-command.ts';

const id = '0198c0de-0000-7000-8000-000000000001';

describe('a place in the history', () => {
  const places: Place[] = [{ at: 'sessions' }, { at: 'trends' }, { at: 'library' }, { at: 'session', id }];
  it.each(places)('has an address of its own: %j', (place) => {
    expect(placeOf(hashOf(place))).toEqual(place);
  });

  it.each(['', '#history/', '#history/elsewhere', '#history/session', '#history/session/..%2Fsettings', '#history/session/1'])(
    'where there is none at %j, the list is shown',
    (hash) => expect(placeOf(hash)).toEqual({ at: 'sessions' }),
  );
});

describe('the command that plays a session again', () => {
  it('takes a name as it is, and quotes what a shell would take apart', () => {
    expect(replayCommand('2026-01-31T10-00-00-000Z.mcap')).toBe('smart-roller --source replay --recording 2026-01-31T10-00-00-000Z.mcap');
    expect(replayCommand("Mira's run; rm.mcap")).toBe(`smart-roller --source replay --recording 'Mira'\\''s run; rm.mcap'`);
  });
});
