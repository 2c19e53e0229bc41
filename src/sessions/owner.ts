import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { McapTypes } from '@mcap/core';

/** Who is writing a recording. */
export interface Owner {
  readonly pid: number;
  /** Which start of which boot of the machine, so that a process that got the same number later is another; '' where that is not told. */
  readonly started: string;
}

export const thisProcess = (): Owner => ({ pid: process.pid, started: startOf(process.pid) });

/** Whether the owner still runs. Where only numbers are told, a process that got the same one counts as the owner. */
export function isRunning({ pid, started }: Owner): boolean {
  if (!isAlive(pid)) return false;
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux tells when a process was started, in ticks since the boot; in a container, too, where numbers are often the same again. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${ticks}`;
  } catch {
    return '';
  }
}

/** Stands at the head of a recording that is being written; of one that is finished it means nothing. */
const OWNER_NAME = 'smart-roller-writer';

export const ownerRecord = ({ pid, started }: Owner): McapTypes.Metadata => ({
  name: OWNER_NAME,
  metadata: new Map([['pid', String(pid)], ['started', started]]),
});

/** The owner that a metadata record tells of; null: it tells of something else. */
export function ownerOf({ name, metadata }: McapTypes.Metadata): Owner | null {
  const pid = Number(metadata.get('pid'));
  return name === OWNER_NAME && Number.isInteger(pid) && pid > 0 ? { pid, started: metadata.get('started') ?? '' } : null;
}
