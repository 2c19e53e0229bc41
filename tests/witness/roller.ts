import { fork } from 'node:child_process';
import { once } from 'node:events';
import { kill, ROLLER_PROCESS } from './btvirt.ts';
import type { Report } from './report.ts';

/** `smart-roller advertise` in another process. */
export interface RollerProcess {
  /** Waits until it has printed something that matches. Rejects when it ends before. */
  said(what: RegExp): Promise<RegExpExecArray>;
  report(): Promise<Report>;
  /** Ctrl-C; resolves to its exit code. */
  interrupt(): Promise<number>;
  /** Without a goodbye. */
  kill(): Promise<void>;
}

export function startRoller(socket: string, ...flags: readonly string[]): RollerProcess {
  const child = fork(ROLLER_PROCESS, [socket, ...flags], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let out = '';
  let err = '';
  let over = false;
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => {
    over = true;
    return (code ?? signal) as number | string;
  });
  return {
    said: async (what) => {
      for (;;) {
        const match = what.exec(out);
        if (match !== null) return match;
        if (over) throw new Error(`the roller ended without saying ${what}: ${err}`);
        await Promise.race([once(child.stdout!, 'data'), ended]);
      }
    },
    report: async () => {
      const told = once(child, 'message');
      child.send('report');
      return (await told)[0] as Report;
    },
    interrupt: async () => {
      child.kill('SIGINT');
      return (await ended) as number;
    },
    kill: () => kill(child),
  };
}
