import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { AppError } from '../errors.ts';
import { howToGetBluetooth } from '../link/ble/missing.ts';

/** Why a roller cannot be put on air here. */
export type Missing = 'not-linux' | 'unloadable' | 'off' | 'silent' | 'unauthorized' | 'unsupported' | 'refused';

interface Words {
  readonly message: string;
  readonly hint: string;
}

const ADAPTERS = '/sys/class/bluetooth';
const hasAdapter = (): boolean => existsSync(ADAPTERS) && readdirSync(ADAPTERS).length > 0;

const FREE = 'sudo systemctl stop bluetooth, then sudo hciconfig hci0 up';
const PLUG_IN = "plug one in (lsusb and dmesg show it), and load the kernel's Bluetooth (sudo modprobe bluetooth)";

const WORDS: Readonly<Record<Missing, () => Words>> = {
  'not-linux': () => ({
    message: `a roller is put on air by Linux only, and this is ${process.platform}`,
    hint: 'use a Linux machine with a Bluetooth adapter',
  }),
  unloadable: () => ({
    message: 'the optional package @abandonware/bleno cannot be loaded',
    hint: 'install again with npm ci, without --omit=optional',
  }),
  off: () =>
    hasAdapter()
      ? { message: 'the Bluetooth adapter is off', hint: `turn it on: rfkill unblock bluetooth; ${FREE}` }
      : { message: 'no Bluetooth adapter was found', hint: PLUG_IN },
  silent: () => ({ message: 'the Bluetooth adapter does not answer', hint: `free it from other programs: ${FREE}` }),
  unauthorized: () => ({ message: 'this program may not use Bluetooth', hint: howToGetBluetooth('unauthorized').hint }),
  unsupported: () => ({ message: 'the adapter does not know Bluetooth Low Energy', hint: 'use an adapter with Bluetooth 4.0 or newer' }),
  refused: () => ({ message: 'the adapter refuses to advertise', hint: `free it from other programs: ${FREE}` }),
};

/** An E_BLUETOOTH that says what is missing and what to do. */
export function cannotAdvertise(missing: Missing, cause?: unknown): AppError {
  const { message, hint } = WORDS[missing]();
  const detail = cause instanceof Error ? ` (${cause.message.split('\n')[0]})` : '';
  return new AppError('E_BLUETOOTH', message + detail, hint, { cause });
}
