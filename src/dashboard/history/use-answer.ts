import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ErrorBody } from '../../server/api/schemas.ts';
import type { Answer } from './ask.ts';
import { useComeback } from './use-comeback.ts';

/** What was asked for: what was there before stays until the new is there. */
export interface Asked<T> {
  readonly value: T | null;
  readonly problem: ErrorBody | null;
  readonly again: () => void;
  /** What is known now without asking: the answer to a change. */
  readonly know: (value: T) => void;
}

/** Asks when the view opens and whenever what it depends on is another; what is no longer wanted is called off. */
export function useAnswer<T>(load: (signal: AbortSignal) => Promise<Answer<T>>, on: readonly unknown[]): Asked<T> {
  const [state, setState] = useState<Pick<Asked<T>, 'value' | 'problem'>>({ value: null, problem: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const calledOff = new AbortController();
    const { signal } = calledOff;
    const find = async (): Promise<void> => {
      const answer = await load(signal);
      if (signal.aborted) return;
      setState(({ value }) => (answer.ok ? { value: answer.value, problem: null } : { value, problem: answer.problem }));
    };
    void find();
    return () => calledOff.abort();
  }, [...on, turn]);
  const again = useCallback(() => setTurn((last) => last + 1), []);
  useComeback(state.problem, again);
  const know = useCallback((value: T) => setState({ value, problem: null }), []);
  return { ...state, again, know };
}
