import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../../src/sessions/reader.ts';
import { inScratch } from '../sessions/scratch.ts';
import { openKeeping, recordingsIn } from './keeping-stage.ts';

describe('sessions of a person', () => {
  it('are theirs, in the file and in the library; a flag wins over their mass', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: { massKg: 55 }, overrides: { massKg: 80 } });
      stage.play(5);
      expect(stage.conductor.session().massKg).toBe(80);
      const [session] = await stage.kept();
      const [person] = stage.library.listPeople();
      expect(session!.personId).toBe(person!.id);
      expect((await readRecording(path.join(folder, session!.file!))).meta.personId).toBe(person!.id);
    }));

  it('go by the body mass of whoever is present, not by that of a script', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: { massKg: 55 } });
      stage.play(5);
      expect(stage.conductor.session().massKg).toBe(55);
      const [session] = await stage.kept();
      expect(stage.library.getSession(session!.id).summary.origin.massKg).toBe(55);
    }));

  it('take in the pain that is told after they were stopped, in the file too: a library made anew knows it', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03' });
      stage.play(5);
      stage.say({ type: 'stop' });
      stage.play(6);
      stage.say({ type: 'pain', nrs: 6 }, { type: 'pain', nrs: 4 });
      const [session] = await stage.kept();
      const { id, file, bytes } = session!;
      expect(stage.library.getSession(id).summary.pain).toMatchObject({ afterNrs: 4 });
      expect(await readRecording(path.join(folder, file!))).toMatchObject({ damage: null, meta: { painAfter: 4 } });
      expect(await readFile(path.join(folder, file!))).toHaveLength(bytes);
      await stage.library.rebuild();
      expect(stage.library.getSession(id).summary).toMatchObject({ pain: { afterNrs: 4 }, quality: { damage: null } });
    }));

  it('belong to whoever is present, should the program be killed or somebody else go on', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: {} });
      const next = stage.library.addPerson({ name: 'Bob', massKg: null, experience: 'new' });
      const whose = async (): Promise<string | undefined> => {
        const [name] = await recordingsIn(folder);
        return (await readRecording(path.join(folder, name!))).meta.personId;
      };
      stage.play(2);
      stage.person$.next(next);
      stage.play(4);
      await expect.poll(whose, { timeout: 5000 }).toBe(next.id);
      stage.person$.next(null);
      const [session] = await stage.kept();
      expect(session!.personId).toBeNull();
      expect(await whose()).toBeUndefined();
    }));

  it('stay with whoever was present when they ended, whatever the next one says', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: { massKg: 55 } });
      const next = stage.library.addPerson({ name: 'Bob', massKg: 90, experience: 'new' });
      stage.play(5);
      stage.say({ type: 'stop' });
      stage.person$.next(next);
      stage.say({ type: 'pain', nrs: 4 }, { type: 'start' });
      stage.play(3);
      const [first, second] = await stage.kept();
      expect(stage.library.getSession(first!.id).summary).toMatchObject({ pain: { afterNrs: null }, origin: { massKg: 55 } });
      expect(first!.personId).not.toBe(next.id);
      expect(second!.personId).toBe(next.id);
      expect(stage.library.getSession(second!.id).summary.origin.massKg).toBe(90);
    }));
});
