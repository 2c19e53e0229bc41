import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { defaultCoachingConfig } from '../../../src/coaching/parameters.ts';
import type { ApiOptions } from '../../../src/server/api/api.ts';
import { buildServer, type ServerOptions } from '../../../src/server/server.ts';
import type { Library } from '../../../src/sessions/library/library.ts';
import { servicesOf } from '../../../src/sessions/library/services.ts';
import { idNumber, NOW, openShelf, recordInto } from '../../sessions/library/shelf.ts';

export interface Desk {
  readonly server: ReturnType<typeof buildServer>;
  readonly library: Library;
  readonly folder: string;
  readonly logged: string[];
}

const LOOPBACK = { host: '127.0.0.1', token: null };
/** No test of the API opens a WebSocket. */
const NOBODY: ServerOptions['viewings'] = { close: () => Promise.resolve(), attach: () => undefined };

/** A server over a library of its own in a folder of its own; all of it is gone when the test ends. */
export async function openDesk({ policy = LOOPBACK, ...api }: Partial<ApiOptions & Pick<ServerOptions, 'policy'>> = {}): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-roller-desk-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const library = await openShelf(folder);
  const logged: string[] = [];
  const log = { info: (line: string) => void logged.push(line), warn: (line: string) => void logged.push(line) };
  const clock = { utcMs: () => NOW, monotonicS: () => 0 };
  const server = buildServer({
    hub: NOBODY, viewings: NOBODY, policy, health: () => ({ running: true }), dashboard: join(folder, 'none'), log,
    api: { ...servicesOf(api.library ?? library, defaultCoachingConfig), clock, version: '1.2.3', ...api },
  });
  onTestFinished(() => server.close());
  return { server, library, folder, logged };
}

/** A session with a real recording, in the library. */
export async function aSession({ library, folder }: Desk, n = 1, seconds = 12): Promise<string> {
  await recordInto(folder, `${n}.mcap`, { sessionId: idNumber(n), startUtcMs: Date.UTC(2026, 0, n), seconds });
  return (await library.keepRecording(`${n}.mcap`)).id;
}
