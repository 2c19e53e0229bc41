/** Counts in bins of equal width from 0 on, the last of them open; plain data of fixed size. */
export interface Histogram {
  readonly binWidth: number;
  readonly counts: Uint32Array;
  total: number;
  sum: number;
}

export const createHistogram = (binWidth: number, max: number): Histogram => ({
  binWidth,
  counts: new Uint32Array(Math.ceil(max / binWidth) + 1),
  total: 0,
  sum: 0,
});

export function count(histogram: Histogram, value: number): void {
  const bin = Math.min(Math.max(Math.floor(value / histogram.binWidth), 0), histogram.counts.length - 1);
  histogram.counts[bin] = (histogram.counts[bin] as number) + 1;
  histogram.total++;
  histogram.sum += value;
}

/** null while nothing has been counted. */
export const meanCounted = ({ sum, total }: Histogram): number | null => (total === 0 ? null : sum / total);

/** The value below which the part `q` of all lies, interpolated within its bin; null while nothing has been counted. */
export function quantile({ counts, total, binWidth }: Histogram, q: number): number | null {
  if (total === 0) return null;
  let left = q * total;
  for (const [bin, inBin] of counts.entries()) {
    if (inBin > 0 && left <= inBin) return (bin + left / inBin) * binWidth;
    left -= inBin;
  }
  return counts.length * binWidth;
}
