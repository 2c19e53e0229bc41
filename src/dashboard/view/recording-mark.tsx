import type { JSX } from 'preact';
import { session } from '../state/store.ts';

/** Quiet while all is well; that nothing is kept any more is said loudly, for as long as it is so, in the same place. */
export function RecordingMark(): JSX.Element | null {
  switch (session.value?.recording) {
    case 'on':
      return (
        <span class="recording" role="img" aria-label="Recording" title="This session is being recorded">
          <i /> <span>rec<span class="recording-whole">ording</span></span>
        </span>
      );
    case 'failed':
      return <strong class="recording-failed" title="Coaching goes on, but nothing more of this session is kept">Recording stopped</strong>;
    case 'off':
    case undefined:
      return null;
  }
}
