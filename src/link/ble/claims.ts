/** What one link holds, so that no other goes for it. Plain data. */
export interface Claim {
  /** The name, address or device id of the roller it was told to take, in lower case; null: any. */
  readonly wished: string | null;
  /** noble's id of the peripheral it goes for, or is with. */
  radioId: string | null;
  /** The roller it has been with: held through every drop, behind whatever address it comes back. */
  deviceId: string | null;
}

/** What all the links over one adapter hold. A link joins when it is opened and leaves when it is closed. */
export type Claims = Set<Claim>;

export function isHeldByAnother(claims: Claims, own: Claim, key: keyof Claim, id: string): boolean {
  for (const claim of claims) if (claim !== own && claim[key] === id) return true;
  return false;
}
