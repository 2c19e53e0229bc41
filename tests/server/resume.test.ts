import { describe, expect, it } from 'vitest';
import { aCue, openHouse, settle, type House, type Probe } from './house.ts';

const seqs = (probe: Probe): number[] => probe.all('cue').map(({ seq }) => seq);

async function houseWithCues(count: number, keptCues = 1000): Promise<House> {
  const house = await openHouse({ keptCues });
  for (let index = 0; index < count; index++) house.told.cue(aCue);
  return house;
}

describe('resume', () => {
  it('replays what was missed, in order, before what is new', async () => {
    const { connect, told } = await houseWithCues(8);
    const probe = await connect();
    told.cue(aCue);
    await settle(probe);
    expect(seqs(probe)).toEqual([]);
    probe.say({ type: 'resume', afterSeq: 5 });
    await settle(probe);
    told.cue(aCue);
    await settle(probe);
    expect(seqs(probe)).toEqual([6, 7, 8, 9, 10]);
  });

  it('is not needed: without it new cues come after a moment', async () => {
    const { clock, connect, told } = await houseWithCues(2);
    const probe = await connect();
    told.cue(aCue);
    await clock.beat(6);
    await settle(probe);
    expect(seqs(probe)).toEqual([3]);
    told.cue(aCue);
    await settle(probe);
    expect(seqs(probe)).toEqual([3, 4]);
  });

  it('sends no cue twice on one connection, however often it is asked', async () => {
    const { clock, connect, told } = await houseWithCues(4);
    const probe = await connect();
    await clock.beat(6);
    told.cue(aCue);
    for (const afterSeq of [3, 0, 0, 5, 2]) probe.say({ type: 'resume', afterSeq });
    await settle(probe);
    expect(seqs(probe)).toEqual([5, 4, 1, 2, 3]);
  });

  it('says so when cues are no longer kept, and gives those that are', async () => {
    const { connect } = await houseWithCues(10, 3);
    const probe = await connect();
    probe.say({ type: 'resume', afterSeq: 4 });
    await settle(probe);
    expect(probe.all('error')).toMatchObject([{ code: 'resume-too-old', message: expect.stringContaining('before 8') }]);
    expect(seqs(probe)).toEqual([8, 9, 10]);
  });

  it('says so when the client knows cues of an earlier life, and goes on with new ones', async () => {
    const { connect, told } = await houseWithCues(1);
    const probe = await connect();
    probe.say({ type: 'resume', afterSeq: 2 });
    await settle(probe);
    told.cue(aCue);
    await settle(probe);
    expect(probe.all('error')).toMatchObject([{ code: 'resume-ahead' }]);
    expect(seqs(probe)).toEqual([2]);
  });

  it('loses none and repeats none under churn', async () => {
    const { clock, connect, told } = await openHouse();
    const chance = seeded(7);
    const heard: number[] = [];
    for (let life = 0; life < 40; life++) {
      const cues = (): void => void Array.from({ length: Math.floor(chance() * 4) }, () => told.cue(aCue));
      cues();
      const connecting = connect();
      cues();
      const probe = await connecting;
      probe.socket.on('message', (data) => {
        const message = JSON.parse((data as Buffer).toString()) as { type: string; seq: number };
        if (message.type === 'cue') heard.push(message.seq);
      });
      await probe.next('hello');
      cues();
      probe.say({ type: 'resume', afterSeq: heard.at(-1) ?? 0 });
      for (let step = Math.floor(chance() * 6); step > 0; step--) {
        cues();
        await clock.beat();
      }
      if (life === 39) await settle(probe);
      probe.socket.terminate();
    }
    expect(heard.length).toBeGreaterThan(100);
    expect(heard).toEqual(Array.from({ length: heard.length }, (_, index) => index + 1));
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
