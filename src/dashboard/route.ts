import { computed, signal } from '@preact/signals';

/** The part of the address behind `#`: `history`, or what History itself puts behind that; anything else is the live view. */
const hash = signal(location.hash);

export const isHistory = computed(() => /^#history\b/.test(hash.value));

export const openHistory = (): void => void (location.hash = 'history');

/** Back to the live view, by an address without a `#` at its end. */
export function closeHistory(): void {
  history.pushState(null, '', `${location.pathname}${location.search}`);
  hash.value = location.hash;
}

export function startRoute(): void {
  for (const change of ['hashchange', 'popstate'] as const) addEventListener(change, () => (hash.value = location.hash));
}
