import { effect, signal } from '@preact/signals';
import type { Profile } from '../../guide/profiles.ts';
import type { Units } from '../view/units.ts';

/** What a person set on this device; kept in this browser only. */
export interface Settings {
  readonly sound: boolean;
  readonly voice: boolean;
  /** 0 to 1, earcons and voice each. */
  readonly soundVolume: number;
  readonly voiceVolume: number;
  readonly units: Units;
  readonly shortcuts: boolean;
  /** The first-use note was read. */
  readonly noteRead: boolean;
  /** By what pace is to be judged, as chosen on this device, and the session that was last seen with it. */
  readonly profile: Profile;
  readonly profileSession: string;
  /** What others are told of this screen when it has a roller to itself. */
  readonly label: string;
}

const KEY = 'smart-roller.settings';
const DEFAULTS: Settings = {
  sound: true,
  voice: true,
  soundVolume: 0.8,
  voiceVolume: 1,
  units: 'cm',
  shortcuts: true,
  noteRead: false,
  profile: 'release',
  profileSession: '',
  label: someLabel(),
};

export const settings = signal<Settings>(load());

export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part };
}

effect(() => {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.value));
  } catch {
    // Storage may be forbidden (private window): the settings then last as long as the page.
  }
});

/** Two screens of a household are not to share one; a person may write another. */
function someLabel(): string {
  const kind = matchMedia('(pointer: coarse)').matches ? 'Phone' : 'Screen';
  return `${kind} ${10 + Math.floor(90 * Math.random())}`;
}

/** Anything that is not of the right type is left at its default. */
function load(): Settings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return DEFAULTS;
    const known = Object.entries(stored).filter(([key, value]) => typeof value === typeof DEFAULTS[key as keyof Settings]);
    return { ...DEFAULTS, ...Object.fromEntries(known) };
  } catch {
    return DEFAULTS;
  }
}
