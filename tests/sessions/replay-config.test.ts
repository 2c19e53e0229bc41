import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';

const given = { coaching: defaultCoachingConfig, overrides: { side: 'left' } } as const;

describe('what a recording is judged by', () => {
  it('is what was in force when it was made, and flags of now', () => {
    const config = replayConfig({ coaching: { areaWarnS: 20 }, start: 'first-contact' }, given);
    expect(config).toEqual({ coaching: { ...defaultCoachingConfig, areaWarnS: 20 }, overrides: { side: 'left' }, start: 'first-contact' });
  });

  it('is what is in force now where it does not tell, as one session from its first frame', () => {
    expect(replayConfig({}, given)).toEqual({ ...given, start: 'first-frame' });
  });

  it('is what has been set now', () => {
    const set = { ...given, coaching: { ...defaultCoachingConfig, areaWarnS: 25 } };
    const recorded = { coaching: { areaWarnS: 20, areaHintS: 10 } };
    expect(replayConfig(recorded, set, defaultCoachingConfig).coaching).toEqual({ ...defaultCoachingConfig, areaWarnS: 25, areaHintS: 10 });
  });

  it('leaves out what nobody knows any more', () => {
    const old = { coaching: { forgottenS: 1 } } as object;
    expect(replayConfig(old, given).coaching).toEqual(defaultCoachingConfig);
  });
});
