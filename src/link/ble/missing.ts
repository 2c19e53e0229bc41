import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { AppError } from '../../errors.ts';

/** Why Bluetooth cannot be used here. */
export type Missing = 'unloadable' | 'no-adapter' | 'off' | 'unauthorized' | 'unsupported';

const MESSAGES: Readonly<Record<Missing, string>> = {
  unloadable: 'the native part of the Bluetooth library cannot be loaded',
  'no-adapter': 'no Bluetooth adapter was found',
  off: 'the Bluetooth adapter is off, or there is none',
  unauthorized: 'this program may not use Bluetooth',
  unsupported: 'the adapter does not know Bluetooth Low Energy',
};

const REBUILD = 'npm rebuild @abandonware/noble --ignore-scripts=false';
const OTHERWISE = 'or use the bundled simulator (--source simulator)';
const ADAPTERS = '/sys/class/bluetooth';

type Hints = Readonly<Record<Missing, string>>;

const linux = (): Hints => ({
  unloadable: `install again with npm ci on this machine (${process.platform} ${process.arch}), ${OTHERWISE}`,
  'no-adapter': hasAdapter()
    ? `turn it on (rfkill unblock bluetooth; sudo hciconfig hci0 up) and allow raw access: ${setcap()}`
    : `plug one in (lsusb and dmesg show it), ${OTHERWISE}`,
  off: hasAdapter()
    ? `turn it on: rfkill unblock bluetooth, then sudo hciconfig hci0 up (or bluetoothctl power on), ${OTHERWISE}`
    : `plug one in or load the kernel's Bluetooth (sudo modprobe bluetooth), ${OTHERWISE}`,
  unauthorized: `allow this node raw access to the adapter: ${setcap()}`,
  unsupported: 'use an adapter with Bluetooth 4.0 or newer',
});

const mac = (): Hints => ({
  unloadable: `build it once: ${REBUILD} (wants the Xcode command line tools), ${OTHERWISE}`,
  'no-adapter': `turn Bluetooth on in the System Settings, ${OTHERWISE}`,
  off: 'turn Bluetooth on in the System Settings',
  unauthorized: 'allow your terminal to use Bluetooth: System Settings, Privacy & Security, Bluetooth',
  unsupported: 'use a Mac or an adapter with Bluetooth 4.0 or newer',
});

const windows = (): Hints => ({
  unloadable: `build it once: ${REBUILD} (wants the Visual Studio build tools), ${OTHERWISE}`,
  'no-adapter': `turn Bluetooth on in the Settings, or plug an adapter in, ${OTHERWISE}`,
  off: 'turn Bluetooth on in the Settings',
  unauthorized: 'let desktop apps use Bluetooth: Settings, Privacy & security, Radios',
  unsupported: 'use an adapter with Bluetooth 4.0 or newer, and Windows 10 build 15063 or newer',
});

/** A capability belongs to the binary that runs, whatever `node` on the PATH may be. */
const setcap = (): string => `sudo setcap cap_net_raw+eip ${process.execPath}`;

const hasAdapter = (): boolean => existsSync(ADAPTERS) && readdirSync(ADAPTERS).length > 0;

/** An E_BLUETOOTH that says what is missing and how to get it on this system. */
export function howToGetBluetooth(missing: Missing, cause?: unknown): AppError {
  const detail = cause instanceof Error ? ` (${cause.message})` : '';
  const hints = process.platform === 'darwin' ? mac() : process.platform === 'win32' ? windows() : linux();
  return new AppError('E_BLUETOOTH', MESSAGES[missing] + detail, hints[missing], { cause });
}
