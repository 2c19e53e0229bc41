import { createRequire } from 'node:module';
import process from 'node:process';

const require = createRequire(import.meta.url);

/** What noble's way to the radio needs on each system; on others it is raw HCI, as on Linux. */
const NATIVE_PARTS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: '@abandonware/noble/lib/mac/bindings',
  win32: '@abandonware/noble/lib/win/bindings',
};
const RAW_HCI = '@abandonware/bluetooth-hci-socket';

/** Why the native part of noble cannot be loaded here; null: it can. Opens nothing. */
export function nativeProblem(): string | null {
  try {
    require('@abandonware/noble/with-bindings');
    require(NATIVE_PARTS[process.platform] ?? RAW_HCI);
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
  }
}
