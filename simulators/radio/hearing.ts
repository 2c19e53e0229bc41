/**
 * From where on packets go missing, and where none gets through, dBm. Receivers are about 95 dBm sensitive: a third of the packets is lost
 * there (Core Vol 6 Part A, 4.1 asks for at least 70; the width of the slope is an estimate).
 */
const CLEAR_DBM = -92;
const DEAF_DBM = -98;

interface Heard {
  readonly rssiDbm: number;
}

/** Share of radio events that go missing between two, where `lossRatio` of all go missing at any strength. */
export function missRatio(lossRatio: number, one: Heard, other: Heard): number {
  const weakestDbm = Math.min(one.rssiDbm, other.rssiDbm);
  const tooWeak = Math.min(1, Math.max(0, (CLEAR_DBM - weakestDbm) / (CLEAR_DBM - DEAF_DBM)));
  return 1 - (1 - lossRatio) * (1 - tooWeak);
}
