import type { JSX } from 'preact';
import type { IconName } from './words.ts';

/**
 * Icons on a 48 x 48 ground, drawn with one stroke. A state is told by its outline alone: circle = good, triangle on its
 * base = slow down, sideways triangle = move on, octagon = ease off or stop, square = session, rounded = link.
 */
const circle = <circle cx="24" cy="24" r="20" />;
const octagon = <path d="M15.7 4h16.6L44 15.7v16.6L32.3 44H15.7L4 32.3V15.7Z" />;
const square = <rect x="5" y="5" width="38" height="38" rx="11" />;
const sideways = <path d="M10 5.5 43 24 10 42.5Z" />;

const ICONS: Readonly<Record<IconName, JSX.Element>> = {
  check: <>{circle}<path d="m15 24.5 6.5 6.5L33.5 18" /></>,
  hold: <>{circle}<path d="M24 15v9h7" /></>,
  goal: <>{circle}<path d="m24 13.5 3.2 6.9 7.5.9-5.5 5.2 1.4 7.4L24 30.2l-6.6 3.7 1.4-7.4-5.5-5.2 7.5-.9Z" fill="currentColor" stroke-width="1" /></>,
  slower: <><path d="M24 5 44.5 42.5h-41Z" /><path d="m17.5 22.5 6.5 5.5 6.5-5.5m-13 8.5 6.5 5.5 6.5-5.5" /></>,
  move: <>{sideways}<path d="M15 24h15m-6-6 6 6-6 6" /></>,
  ease: <>{octagon}<path d="M24 34V15m-8 8 8-8 8 8" /></>,
  stop: <>{octagon}<path d="m17 17 14 14m0-14L17 31" /></>,
  limit: <>{octagon}<path d="m15 24.5 6.5 6.5L33.5 18" /></>,
  again: <>{circle}<path d="M19 15.5 33 24l-14 8.5Z" fill="currentColor" /></>,
  ready: <>{square}<path d="M19 15.5 33 24l-14 8.5Z" fill="currentColor" /></>,
  pause: <>{square}<path d="M19 16v16m10-16v16" /></>,
  body: <>{square}<circle cx="24" cy="15.5" r="3.5" fill="currentColor" stroke="none" /><path d="M15.5 23h17M24 23v7m0 0-5 7m5-7 5 7" /></>,
  clock: <>{square}<path d="M24 14v10l7 4" /></>,
  link: <>{square}<path d="M21 29.5 18.5 32a4.6 4.6 0 0 1-6.5-6.5l4-4m11-3L29.5 16a4.6 4.6 0 0 1 6.5 6.5l-4 4M20.5 20l-1-3.5m8 11.5 1 3.5" /></>,
};

/** A picture beside words that say the same, so hidden from readers of the screen. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
      {ICONS[name]}
    </svg>
  );
}

const GLYPHS = {
  sound: <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5Zm11.5-1a5 5 0 0 1 0 7m2.5-9.5a8.5 8.5 0 0 1 0 12" />,
  mute: <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5Zm11.5 0 5 5m0-5-5 5" />,
  settings: <path d="M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.5v5m-7 5v5" />,
  pause: <path d="M8 5.5v13m8-13v13" />,
  play: <path d="M8 5.5v13L18.5 12Z" fill="currentColor" />,
  pain: <path d="M13 3.5 6 13.5h5l-1 7 8-11h-5.5Z" />,
  down: <path d="m6 9.5 6 6 6-6" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  hold: <path d="M12 3.5v9m0 8v-4m-6.5 4h13M8 9l4 4 4-4" />,
  history: <path d="M4 20V4m0 16h16M8 16v-4m4 4V7m4 9v-6" />,
  loop: <path d="M17 3.5 20.5 7 17 10.5M20 7H8a4.5 4.5 0 0 0-4.5 4.5M7 20.5 3.5 17 7 13.5M4 17h12a4.5 4.5 0 0 0 4.5-4.5" />,
  before: <path d="M18 6v12L8.5 12ZM6 6v12" />,
  after: <path d="M6 6v12l9.5-6ZM18 6v12" />,
  search: <path d="M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm5 11.5 4.5 4.5" />,
  right: <path d="M5 12h13m-6-6 6 6-6 6" />,
} as const;

export function Glyph({ name }: { readonly name: keyof typeof GLYPHS }): JSX.Element {
  return (
    <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
      {GLYPHS[name]}
    </svg>
  );
}
