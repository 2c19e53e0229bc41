import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { announcement, lanAddresses, newToken, openBrowser, urlOf } from './app/addresses.ts';
import { createConductor } from './app/conductor.ts';
import { SOURCES, type SourceOptions } from './app/sources.ts';
import type { Clock } from './clock.ts';
import { defaultCoachingConfig, type CoachingConfig } from './coaching/parameters.ts';
import { AppError } from './errors.ts';
import type { MuscleGroup, Side } from './guide/groups.ts';
import { isLoopback } from './server/guard.ts';
import { createHub } from './server/hub.ts';
import { createLog } from './server/log.ts';
import { buildServer } from './server/server.ts';

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
  const log = createLog(stderr, clock);
  const source = await SOURCES[config.source](config, { clock, report: (line) => stderr.write(`${line}\n`) });
  const { group, side, massKg, coaching = defaultCoachingConfig, software, host } = config;
  const overrides = { ...(group && { group }), ...(side && { side }), ...(massKg !== undefined && { massKg }) };
  const conductor = createConductor({ source, config: { coaching, overrides }, software, log });
  const hub = createHub({ source: conductor, clock, log });
  const token = isLoopback(host) ? null : newToken();
  const server = buildServer({
    hub,
    policy: { host, token },
    health: () => ({ running: conductor.hasRun, source: source.kind }),
    dashboard: dashboardFolder(),
    log,
  });
  const close = async (): Promise<void> => {
    await server.close();
    await conductor.close();
  };
  try {
    conductor.open(hub);
    await server.listen({ host, port: config.port });
  } catch (error) {
    await close();
    throw listenError(error, host, config.port);
  }
  const { port } = server.server.address() as AddressInfo;
  const url = urlOf(token === null ? host : '127.0.0.1', port, token);
  const lanUrls = token === null ? [] : lanAddresses(host).map((address) => urlOf(address, port, token));
  stdout.write(announcement(source.title, url, lanUrls));
  if (config.open) openBrowser(url);
  return { url, port, token, close };
}

/** Beside the built program, or in `dist` when it runs from its sources. */
function dashboardFolder(): string {
  const [built, fromSources] = ['../dashboard', '../dist/dashboard'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
  return existsSync(built as string) ? (built as string) : (fromSources as string);
}

function listenError(error: unknown, host: string, port: number): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new AppError('E_PORT_IN_USE', `port ${port} on ${host} is in use`, 'end what uses it, or choose another with --port', { cause: error });
  }
  if (code === undefined || !['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) return error;
  return new AppError('E_LISTEN', `cannot listen on ${host}, port ${port}: ${message}`, 'choose another --host or --port', { cause: error });
}
