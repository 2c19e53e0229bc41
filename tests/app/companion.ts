import { once } from 'node:events';
import process from 'node:process';
import type { TestContext } from 'vitest';
import { startCompanion, type Companion, type CompanionConfig } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { openProbe, type Probe } from '../server/house.ts';

export interface Run {
  readonly companion: Companion;
  readonly out: string[];
  readonly err: string[];
  /** A client of a roller; of the first where none is named. */
  readonly connect: (roller?: string) => Promise<Probe>;
  /** A client of a kept session. */
  readonly play: (session: string) => Promise<Probe>;
}

const defaults: CompanionConfig = { source: 'simulator', seed: 1, rate: 1, host: '127.0.0.1', port: 0, software: 'test 0' };

/** Starts a whole companion on a free port; it is closed when the test ends. */
export async function start({ onTestFinished }: Pick<TestContext, 'onTestFinished'>, config: Partial<CompanionConfig>): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const companion = await startCompanion(
    { ...defaults, ...config },
    { clock: systemClock, stdout: { write: (text) => out.push(text) }, stderr: { write: (text) => err.push(text) } },
  );
  onTestFinished(() => companion.close());
  const ask = async (query: Readonly<Record<string, string>>): Promise<Probe> => {
    const address = new URL('ws', companion.url.replace(/^http/, 'ws'));
    address.search = String(new URLSearchParams({ ...query, ...(companion.token !== null && { token: companion.token }) }));
    const probe = openProbe(String(address));
    await once(probe.socket, 'open');
    return probe;
  };
  return { companion, out, err, connect: (roller) => ask(roller === undefined ? {} : { roller }), play: (session) => ask({ session }) };
}

/** What keeps the process alive, beyond what did before. */
export function leftOver(before: readonly string[]): string[] {
  const known = [...before];
  return process.getActiveResourcesInfo().filter((name) => {
    const index = known.indexOf(name);
    if (index >= 0) known.splice(index, 1);
    return index < 0 && name !== 'Immediate';
  });
}
