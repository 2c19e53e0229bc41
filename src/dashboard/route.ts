import { computed, signal } from '@preact/signals';
import { leaveAddress, viewedSession } from './viewing.ts';

/** The part of the address behind `#`: `history`, or what History itself puts behind that; anything else is the live view. */
const hash = signal(location.hash);

export const isHistory = computed(() => /^#history\b/.test(hash.value));

/** Of a kept session that is played here it is the page of that session, and the end of playing. */
export function openHistory(): void {
  if (viewedSession === null) location.hash = 'history';
  else location.assign(leaveAddress(viewedSession));
}

/** Back to the live view, by an address without a `#` at its end. */
export function closeHistory(): void {
  history.pushState(null, '', `${location.pathname}${location.search}`);
  hash.value = location.hash;
}

export function startRoute(): void {
  for (const change of ['hashchange', 'popstate'] as const) addEventListener(change, () => (hash.value = location.hash));
}
