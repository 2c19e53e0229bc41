import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { announcement, newToken, openBrowser, urlsOf } from './app/addresses.ts';
import { conductorsWith } from './app/conductors.ts';
import { listen } from './app/listen.ts';
import { openMemory, openUsualMemory, type Memory, type MemoryOptions } from './app/memory.ts';
import { goOnAir } from './app/on-air.ts';
import { memoryOf } from './app/recall.ts';
import { SOURCES, type SourceOptions } from './app/sources.ts';
import { createStack } from './app/stack.ts';
import { createViewings } from './app/viewings.ts';
import type { Clock } from './clock.ts';
import { defaultCoachingConfig, type CoachingConfig } from './coaching/parameters.ts';
import { overridesOf } from './config.ts';
import { noHome, usualFolder } from './data-folder.ts';
import type { MuscleGroup, Side } from './guide/groups.ts';
import { isLoopback } from './server/guard.ts';
import { createLog } from './server/log.ts';
import { buildServer, type Health } from './server/server.ts';
import { servicesOf } from './sessions/library/services.ts';
import { VERSION } from './version.ts';

export interface CompanionConfig extends SourceOptions {
  /** Of the person, known before they say it; they win over what a recording or a scenario says. */
  readonly group?: MuscleGroup | undefined;
  readonly side?: Side | undefined;
  readonly massKg?: number | undefined;
  readonly coaching?: CoachingConfig | undefined;
  /** Where to listen; anything but loopback asks for a token. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Folder of what is kept; without it a session over Bluetooth is kept where this system keeps data, and others are not. */
  readonly data?: string | undefined;
  /** Open the browser. */
  readonly open?: boolean | undefined;
  /** Name and version of this program. */
  readonly software: string;
}

export interface CompanionContext {
  readonly clock: Clock;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** A running companion. */
export interface Companion {
  /** Where this machine finds it, with the token where one is asked for. */
  readonly url: string;
  readonly port: number;
  readonly token: string | null;
  /** Ends connections, source and server; no timer, listener or socket is left. */
  close(): Promise<void>;
}

/**
 * Starts the live companion: source, pipeline, hub, server. Rejects with E_PORT_IN_USE, E_LISTEN, and what opening the source
 * rejects with (E_SCENARIO, E_FILE_READ, E_NOT_A_RECORDING, ...). A missing adapter is told, and does not keep it from starting.
 */
export async function startCompanion(config: CompanionConfig, { clock, stdout, stderr }: CompanionContext): Promise<Companion> {
  const { coaching = defaultCoachingConfig, software, host } = config;
  const log = createLog(stderr, clock);
  const judging = { coaching, overrides: overridesOf(config) };
  const opened = createStack();
  try {
    const memory = await memoryFor(config, { coaching, clock, log });
    const { library, remembered } = memory;
    opened.add(library);
    const report = (line: string): void => void stderr.write(`${line}\n`);
    const source = opened.add(await SOURCES[config.source](config, { clock, report, config: judging, memory: memoryOf(remembered) }));
    const conduct = conductorsWith({ memory, config: judging, software, log });
    const { stations, hub } = opened.add(goOnAir({ source, remembered, software, conduct, clock, log }));
    const viewings = createViewings({ memory, coaching, software, clock, log });
    const token = isLoopback(host) ? null : newToken();
    const health = (): Health => ({ running: stations.hasRun, source: source.kind });
    const api = { ...servicesOf(library, coaching), clock, version: VERSION };
    const server = opened.add(buildServer({ hub, viewings, policy: { host, token }, health, dashboard: dashboardFolder(), log, api }));
    const port = await listen(server, host, config.port);
    const { url, lanUrls } = urlsOf(host, port, token);
    stdout.write(announcement(source.title, url, lanUrls));
    if (config.open) openBrowser(url);
    return { url, port, token, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function memoryFor({ data, source }: CompanionConfig, context: Pick<MemoryOptions, 'coaching' | 'clock' | 'log'>): Promise<Memory> {
  const isLive = source === 'ble';
  const wanted = { ...context, remembersRollers: isLive };
  if (data !== undefined) return openMemory({ ...wanted, folder: data });
  const folder = isLive ? usualFolder() : null;
  if (isLive && folder === null) context.log.warn(`nothing is kept: ${noHome().line}`);
  return openUsualMemory({ ...wanted, folder });
}

/** Beside the built program, or in `dist` when it runs from its sources. */
function dashboardFolder(): string {
  const [built, fromSources] = ['../dashboard', '../dist/dashboard'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  return existsSync(built as string) ? (built as string) : (fromSources as string);
}
