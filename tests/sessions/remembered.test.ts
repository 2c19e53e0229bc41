import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRemembered, type RememberedRoller } from '../../src/sessions/remembered.ts';
import { inScratch } from './scratch.ts';

const met = (id: string, lastSeenUtcMs: number, more: Partial<RememberedRoller> = {}): RememberedRoller =>
  ({ id, name: `Roller ${id}`, address: null, tool: 'roller', protocolVersion: 1, batteryPct: null, lastSeenUtcMs, ...more });

describe('rollers that were met', () => {
  it('are remembered by device id the next time, as they were last, the latest first', () =>
    inScratch(async (folder) => {
      const first = await openRemembered(folder, 0);
      for (const roller of [met('a', 1), met('b', 2), met('a', 3, { address: 'f0:00:00:00:00:09', batteryPct: 40 })]) await first.remember(roller);
      const second = await openRemembered(folder, 0);
      expect(second.all()).toEqual([met('a', 3, { address: 'f0:00:00:00:00:09', batteryPct: 40 }), met('b', 2)]);
      expect(second.damage).toBeNull();
    }));

  it('last as long as the program where there is no folder', async () => {
    const remembered = await openRemembered(null, 0);
    await remembered.remember(met('a', 1));
    expect(remembered.all()).toHaveLength(1);
    expect((await openRemembered(null, 0)).all()).toEqual([]);
  });

  it('are at most 256: those that were not seen for longest are forgotten', async () => {
    const remembered = await openRemembered(null, 0);
    for (let count = 0; count < 300; count++) await remembered.remember(met(`r${count}`, count));
    expect(remembered.all()).toHaveLength(256);
    expect(remembered.all().at(-1)?.id).toBe('r44');
  });

  it.each(['{', '[]', '{"version":2,"rollers":[]}', '{"version":1,"rollers":[{"id":7}]}'])('are met as strangers where the file is %s', (text) =>
    inScratch(async (folder) => {
      await writeFile(path.join(folder, 'rollers.json'), text);
      const remembered = await openRemembered(folder, 0);
      expect(remembered.damage).toMatch(/rollers\.json cannot be understood and is now .*broken.*; rollers are met as strangers$/);
      expect(remembered.all()).toEqual([]);
    }));
});
