import { useEffect } from 'preact/hooks';
import type { ErrorBody } from '../../server/api/schemas.ts';
import { socket } from '../state/store.ts';
import { OFFLINE } from './ask.ts';

/** What was asked in vain is asked again as soon as the companion is there again. */
export function useComeback(problem: ErrorBody | null, again: () => void): void {
  const isThere = socket.value.at === 'open';
  useEffect(() => {
    if (isThere && problem?.code === OFFLINE.code) again();
  }, [isThere]);
}
