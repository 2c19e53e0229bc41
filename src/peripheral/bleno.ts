import Module, { createRequire } from 'node:module';
import path from 'node:path';
import type { HciSocket } from '../link/ble/noble-port.ts';
import type { BlenoBindings, BlenoClasses } from './bleno-port.ts';

export interface Bleno {
  readonly bindings: BlenoBindings;
  readonly classes: BlenoClasses;
}

const require = createRequire(import.meta.url);
const SOCKET_PACKAGE = '@abandonware/bluetooth-hci-socket';

/** Keys of pairings, which a roller has none of (SPEC.md, section 2). bleno's own opens a second socket that nobody can close. */
const KEYS_MODULE = './mgmt';
const NO_KEYS = { addLongTermKey: (): void => undefined };

/**
 * A copy of bleno's Bluetooth stack over the given socket, or over the adapter's. bleno has one stack for a whole process and makes its
 * socket while it loads, so each copy is loaded anew, while the module loader answers that one name with a constructor that hands the
 * socket out. Throws what the loading throws.
 */
export function loadBleno(hciSocket: HciSocket | undefined): Bleno {
  const entry = require.resolve('@abandonware/bleno/lib/hci-socket/bindings.js');
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  /** A constructor that returns an object makes `new` give that object. */
  function GivenSocket(): HciSocket | undefined {
    return hciSocket;
  }
  loader._load = (name, ...rest) => {
    if (name === KEYS_MODULE) return NO_KEYS;
    return name === SOCKET_PACKAGE && hciSocket ? GivenSocket : load(name, ...rest);
  };
  forget(path.dirname(entry));
  try {
    return {
      bindings: require(entry) as BlenoBindings,
      classes: {
        Characteristic: require('@abandonware/bleno/lib/characteristic.js') as BlenoClasses['Characteristic'],
        PrimaryService: require('@abandonware/bleno/lib/primary-service.js') as BlenoClasses['PrimaryService'],
      },
    };
  } finally {
    loader._load = load;
    forget(path.dirname(entry));
  }
}

function forget(folder: string): void {
  for (const file of Object.keys(require.cache)) if (file.startsWith(folder + path.sep)) delete require.cache[file];
}
