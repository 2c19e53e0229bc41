import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { EMPTY } from 'rxjs';
import { announcement, lanAddresses, newToken, openBrowser, ownName, urlOf } from './app/addresses.ts';
import { createConductor, type Conductor } from './app/conductor.ts';
import { createKeeper, type Keeper, type KeeperStation } from './app/keeper.ts';
import { openMemory, openUsualMemory } from './app/memory.ts';
import { massesOf } from './app/present.ts';
import { memoryOf } from './app/recall.ts';
import type { Source } from './app/source.ts';
import { SOURCES, type SourceOptions } from './app/sources.ts';
import { createStations } from './app/stations.ts';
import type { Clock } from './clock.ts';
import { defaultCoachingConfig, type CoachingConfig } from './coaching/parameters.ts';
import { dataFolder } from './data-folder.ts';
import { AppError } from './errors.ts';
import type { MuscleGroup, Side } from './guide/groups.ts';
import { isLoopback } from './server/guard.ts';
import { createHub } from './server/hub.ts';
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
  const { group, side, massKg, coaching = defaultCoachingConfig, data, software, host } = config;
  const log = createLog(stderr, clock);
  /** What has been opened, to be closed in the opposite order. */
  const undo: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const isLive = config.source === 'ble';
    const wanted = { remembersRollers: isLive, coaching, clock, log };
    const memory = data === undefined ? await openUsualMemory({ ...wanted, folder: isLive ? dataFolder({}) : null }) : await openMemory({ ...wanted, folder: data });
    const { library, keepsSessions, person$, calibrations, rollerEdits$, remembered } = memory;
    undo.push(() => library.close());
    const overrides = { ...(group && { group }), ...(side && { side }), ...(massKg !== undefined && { massKg }) };
    const judging = { coaching, overrides };
    const report = (line: string): void => void stderr.write(`${line}\n`);
    const source = await SOURCES[config.source](config, { clock, report, config: judging, memory: memoryOf(remembered) });
    undo.push(() => source.close());
    const keep = (station: KeeperStation): Keeper => createKeeper({ folder: library.folder, library, person$, config: judging, software }, station);
    // A recording knows who rolled then, and is kept already.
    const knowing = source.kind === 'replay' ? { known$: EMPTY, keep: null } : { known$: massesOf(person$), keep: keepsSessions ? keep : null };
    const conduct = (each: Source, title: string): Conductor =>
      createConductor({ source: each, title, config: each.judgedBy ?? judging, log, calibrations, rollerEdits$, remembered, ...knowing });
    const stations = createStations({ source, remembered, software, conduct });
    undo.push(() => stations.close());
    const hub = createHub({ source: stations, clock, log });
    undo.push(() => hub.close());
    const token = isLoopback(host) ? null : newToken();
    const health = (): Health => ({ running: stations.hasRun, source: source.kind });
    const api = { ...servicesOf(library, coaching), clock, version: VERSION };
    const server = buildServer({ hub, policy: { host, token }, health, dashboard: dashboardFolder(), log, api });
    undo.push(() => server.close());
    for (const [index, conductor] of stations.stations.entries()) conductor.open(hub.audiences[index]!);
    const port = await listen(server, host, config.port);
    const url = urlOf(ownName(host), port, token);
    const lanUrls = token === null ? [] : lanAddresses(host).map((address) => urlOf(address, port, token));
    stdout.write(announcement(source.title, url, lanUrls));
    if (config.open) openBrowser(url);
    return { url, port, token, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(server: ReturnType<typeof buildServer>, host: string, port: number): Promise<number> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  return (server.server.address() as AddressInfo).port;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const hint = 'end what uses it, or choose another with --port';
    return new AppError('E_PORT_IN_USE', `port ${port} on ${host} is in use`, hint, { cause: error });
  }
  if (error.syscall === undefined) return error;
  const hint = 'choose another --host or --port';
  return new AppError('E_LISTEN', `cannot listen on ${host}, port ${port}: ${error.message}`, hint, { cause: error });
}

/** Beside the built program, or in `dist` when it runs from its sources. */
function dashboardFolder(): string {
  const [built, fromSources] = ['../dashboard', '../dist/dashboard'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  return existsSync(built as string) ? (built as string) : (fromSources as string);
}
