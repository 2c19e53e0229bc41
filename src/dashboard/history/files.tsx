import type { JSX } from 'preact';
import type { KeptSession } from '../../server/api/schemas.ts';
import { exportAddress, recordingAddress } from './api.ts';
import { bytesText } from './format.ts';
import { replayCommand } from './replay-command.ts';

/** For whom each is. */
const EXPORTS = [
  ['report', 'Report to print', 'one page, opens beside this one'],
  ['csv', 'CSV', 'samples and what was derived of them'],
  ['json', 'JSON', 'summary, series and cues'],
  ['fit', 'FIT', 'for training platforms'],
] as const;

/** Everything belongs to the person, and can be taken out. */
export function Files({ session: { id, file, bytes } }: { readonly session: KeptSession }): JSX.Element {
  return (
    <section class="card">
      <h2>Take it out</h2>
      {file === null && <p>No recording was made of this session: there is nothing to take out or to play again. Its summary is kept.</p>}
      {file !== null && (
        <>
          <ul class="files">
            {EXPORTS.map(([format, label, what]) => (
              <li key={format}>
                <a
                  class="quiet-button"
                  href={exportAddress(id, format)}
                  {...(format === 'report' ? { target: '_blank', rel: 'noopener' } : { download: '' })}
                >
                  {label}
                </a>
                <span class="soft">{what}</span>
              </li>
            ))}
            <li>
              <a class="quiet-button" href={recordingAddress(id)} download={file}>Recording</a>
              <span class="soft">as it came from the roller, {bytesText(bytes)}; Foxglove plots it</span>
            </li>
          </ul>
          <h3>Play it elsewhere</h3>
          <p class="soft">Where you saved the recording, or in the data folder:</p>
          <pre tabIndex={0} role="region" aria-label="Command that plays it again"><code>{replayCommand(file)}</code></pre>
        </>
      )}
    </section>
  );
}
