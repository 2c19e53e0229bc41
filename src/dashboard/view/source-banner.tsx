import type { JSX } from 'preact';
import { hello, snapshot } from '../state/store.ts';

/** It never goes, whatever lies over the view: a person must know whether this is them, a simulation or a recording. */
export function SourceBanner(): JSX.Element | null {
  const source = snapshot.value?.source ?? hello.value?.source;
  return source === undefined ? null : <span class={`banner banner-${source}`}>{source}</span>;
}
