/** What was found out about this machine; probes.ts asks, the checks below judge. */
export interface Facts {
  readonly nodeVersion: string;
  readonly platform: string;
  readonly arch: string;
  /** Why the software radio does not start; null: it does. */
  readonly simulatorProblem: string | null;
  /** Why the native part of the Bluetooth library cannot be loaded; null: it can. */
  readonly nativeProblem: string | null;
  /** Names of the adapters; null where the system does not list them. */
  readonly adapters: readonly string[] | null;
  /** Radio kill switches of Bluetooth; null where there are none to ask. */
  readonly killSwitches: readonly { readonly name: string; readonly soft: boolean; readonly hard: boolean }[] | null;
  /** Whether this process may open a raw socket; null where none is needed. */
  readonly rawAccess: boolean | null;
  /** How to get that. */
  readonly rawAccessHint: string;
  /** Why Bluetooth as a whole does not start, and what to do; null: it does. */
  readonly bluetoothProblem: { readonly message: string; readonly hint: string } | null;
  /** Why there can be no library; null: there can. */
  readonly libraryProblem: { readonly message: string; readonly hint: string } | null;
  readonly folder: {
    readonly path: string;
    /** Named by --data. */
    readonly isAsked: boolean;
    /** Why nothing can be written there; null: it can. */
    readonly problem: string | null;
    readonly freeBytes: number | null;
  };
}

export type Level = 'ok' | 'warn' | 'fail';

export interface Diagnosis {
  readonly id: string;
  readonly level: Level;
  readonly found: string;
  /** What to do; null where there is nothing. */
  readonly todo: string | null;
}

/** What a check is needed for: what was not asked for only warns. */
type Need = 'always' | 'ble' | 'data';

interface Row {
  readonly id: string;
  readonly need: Need;
  readonly judge: (facts: Facts) => { readonly found: string; readonly todo: string | null };
}

const good = (found: string): { found: string; todo: null } => ({ found, todo: null });
const bad = (found: string, todo: string): { found: string; todo: string } => ({ found, todo });

/** As in package.json, engines: the first minor of a major, and from where on any will do. What lies between is no longer known to the build tools. */
const NODE_MINORS: ReadonlyMap<number, number> = new Map([[20, 19], [22, 12]]);
const NODE_FROM = 24;
/** Four hours: 50 frames of at most 244 bytes a second are 44 MB an hour. */
const LEAST_FREE_BYTES = 200e6;

function nodeIsNew(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major >= NODE_FROM || minor >= (NODE_MINORS.get(major) ?? Infinity);
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB free`;

/** Every check, from what everything needs to what only Bluetooth needs. */
const ROWS: readonly Row[] = [
  {
    id: 'node',
    need: 'always',
    judge: ({ nodeVersion }) =>
      nodeIsNew(nodeVersion) ? good(nodeVersion) : bad(nodeVersion, 'install Node 20.19, 22.12, 24 or newer'),
  },
  {
    id: 'simulator',
    need: 'always',
    judge: ({ simulatorProblem }) =>
      simulatorProblem === null ? good('the software radio starts') : bad(simulatorProblem, 'install again with npm ci'),
  },
  {
    id: 'disk',
    need: 'data',
    judge: ({ folder: { path, isAsked, problem, freeBytes } }) => {
      const name = `${path}${isAsked ? '' : ', where sessions over Bluetooth are kept'}`;
      if (problem !== null) return bad(`${name}: ${problem}`, 'choose a folder that you may write to: --data DIR');
      if (freeBytes !== null && freeBytes < LEAST_FREE_BYTES) return bad(`${name}: ${gigabytes(freeBytes)}`, 'make room, or choose another folder: --data DIR');
      return good(`${name}: writable${freeBytes === null ? '' : `, ${gigabytes(freeBytes)}`}`);
    },
  },
  {
    id: 'library',
    need: 'data',
    judge: ({ libraryProblem }) =>
      libraryProblem === null ? good('SQLite loads') : bad(`${libraryProblem.message}: nothing is kept`, libraryProblem.hint),
  },
  {
    id: 'platform',
    need: 'ble',
    judge: ({ platform, arch }) =>
      ['linux', 'darwin', 'win32'].includes(platform)
        ? good(`${platform} ${arch}`)
        : bad(`${platform} ${arch}`, 'Bluetooth works on Linux, macOS and Windows; use the simulator'),
  },
  {
    id: 'driver',
    need: 'ble',
    judge: ({ nativeProblem, platform, arch }) =>
      nativeProblem === null
        ? good('the native part of the Bluetooth library loads')
        : bad(nativeProblem, `install again with npm ci on this machine (${platform} ${arch}), or npm rebuild @abandonware/noble --ignore-scripts=false`),
  },
  {
    id: 'adapter',
    need: 'ble',
    judge: ({ adapters }) => {
      if (adapters === null) return good('this system does not list its adapters');
      return adapters.length > 0 ? good(adapters.join(', ')) : bad('none', 'plug a Bluetooth adapter in (lsusb and dmesg show it)');
    },
  },
  {
    id: 'rfkill',
    need: 'ble',
    judge: ({ killSwitches }) => {
      if (killSwitches === null || killSwitches.length === 0) return good('no kill switch');
      const hard = killSwitches.find((each) => each.hard);
      if (hard) return bad(`${hard.name} is blocked by a switch of the machine`, 'turn the wireless switch or key on, or allow Bluetooth in the firmware setup');
      const soft = killSwitches.find((each) => each.soft);
      return soft ? bad(`${soft.name} is blocked`, 'rfkill unblock bluetooth') : good('not blocked');
    },
  },
  {
    id: 'permission',
    need: 'ble',
    judge: ({ rawAccess, rawAccessHint }) => {
      if (rawAccess === null) return good('no raw access is needed here');
      return rawAccess ? good('raw access is allowed') : bad('this node may not open raw sockets', rawAccessHint);
    },
  },
  {
    id: 'bluetooth',
    need: 'ble',
    judge: ({ bluetoothProblem }) => (bluetoothProblem === null ? good('starts') : bad(bluetoothProblem.message, bluetoothProblem.hint)),
  },
];

/** What the person asked for; what always is needed need not be. */
export interface Asked {
  readonly ble: boolean;
  readonly data: boolean;
}

/** Judges the facts. What is broken fails where it was asked for, and warns where it was not. */
export function diagnose(facts: Facts, asked: Asked): readonly Diagnosis[] {
  const isAsked: Readonly<Record<Need, boolean>> = { always: true, ...asked };
  return ROWS.map(({ id, need, judge }) => {
    const { found, todo } = judge(facts);
    return { id, level: todo === null ? 'ok' : isAsked[need] ? 'fail' : 'warn', found, todo };
  });
}
