/** A claim is kept so long for a page that is loaded anew, s. */
export const GRACE_S = 5;

/** Somebody has a station to themselves. */
export interface Claim {
  /** Who, in a person's words. */
  readonly label: string;
  /** Their connection, only ever compared; null once that has ended. */
  readonly holder: object | null;
  /** Until when it counts: for ever while they are connected. */
  readonly untilS: number;
}

export const makeClaim = (label: string, holder: object): Claim => ({ label, holder, untilS: Infinity });

/** The holder's connection has ended: nobody else may come in between for a moment. */
export const leaveClaim = ({ label }: Claim, nowS: number): Claim => ({ label, holder: null, untilS: nowS + GRACE_S });

export const isOver = (claim: Claim, nowS: number): boolean => nowS >= claim.untilS;

/** Without a claim everybody may command; with one its holder alone. */
export const mayCommand = (claim: Claim | null, who: object, nowS: number): boolean =>
  claim === null || claim.holder === who || isOver(claim, nowS);

/** Whoever may command may claim, and whoever comes back under the same label. */
export const mayClaim = (claim: Claim | null, who: object, label: string, nowS: number): boolean =>
  mayCommand(claim, who, nowS) || (claim?.holder === null && claim.label === label);
