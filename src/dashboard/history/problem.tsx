import type { JSX } from 'preact';
import type { ErrorBody } from '../../server/api/schemas.ts';
import { sentence } from './sentence.ts';

/** What went wrong and what to do, with the code for whoever looks it up. */
export function Problem({ problem, again }: { readonly problem: ErrorBody; readonly again?: () => void }): JSX.Element {
  return (
    <div class="problem" role="alert">
      <p>{sentence(problem.message)} {problem.hint !== '' && sentence(problem.hint)} <code>{problem.code}</code></p>
      {again !== undefined && <button type="button" class="quiet-button" onClick={again}>Try again</button>}
    </div>
  );
}
