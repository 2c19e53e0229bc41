import type { Clock } from '../clock.ts';

/** One line per event: `2026-03-01T12:00:00.000Z info hub: client joined`. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
}

/** Writes lines to `out`. What came from outside cannot forge a line: line breaks and control characters become blanks. */
export function createLog(out: { write(text: string): unknown }, clock: Clock): Log {
  const write = (level: string, line: string): void => {
    out.write(`${new Date(clock.utcMs()).toISOString()} ${level} ${line.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}\n`);
  };
  return { info: (line) => write('info', line), warn: (line) => write('warn', line) };
}

/** The same, each line with what it is about. */
export const prefixedLog = (log: Log, name: () => string): Log => ({
  info: (line) => log.info(`${name()}: ${line}`),
  warn: (line) => log.warn(`${name()}: ${line}`),
});
