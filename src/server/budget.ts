/** A token bucket: `ratePerS` on the average, up to `burst` at once. Plain data; time is handed in. */
export interface Budget {
  readonly ratePerS: number;
  readonly burst: number;
  tokens: number;
  atS: number;
}

export const createBudget = (ratePerS: number, burst: number, nowS: number): Budget => ({ ratePerS, burst, tokens: burst, atS: nowS });

/** Takes one token; false when there is none. */
export function spend(budget: Budget, nowS: number): boolean {
  budget.tokens = Math.min(budget.burst, budget.tokens + (nowS - budget.atS) * budget.ratePerS);
  budget.atS = nowS;
  if (budget.tokens < 1) return false;
  budget.tokens--;
  return true;
}
