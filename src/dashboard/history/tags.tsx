import type { JSX } from 'preact';
import type { SessionLine } from '../../server/api/schemas.ts';

/** Where a session comes from unless it was rolled, and what happened to its recording: never left to guess. */
export function Tags({ session }: { readonly session: Pick<SessionLine, 'source' | 'state' | 'file'> }): JSX.Element {
  const { source, state, file } = session;
  return (
    <>
      {source !== 'live' && <span class="tag" data-source={source}>{source}</span>}
      {state === 'recovered' && <span class="tag" title="Its recording was cut off, and was mended">recovered</span>}
      {file === null && <span class="tag">no recording</span>}
    </>
  );
}
