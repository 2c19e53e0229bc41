/**
 * The word that was probably meant: one that begins so, else the nearest by edits that is near enough for its length; null where
 * none is.
 */
export function nearest(word: string, words: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const begun = wanted.length > 1 ? words.find((candidate) => candidate.toLowerCase().startsWith(wanted)) : undefined;
  if (begun !== undefined) return begun;
  let best: { readonly word: string; readonly edits: number } | null = null;
  for (const candidate of words) {
    const edits = editsBetween(wanted, candidate.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    if (edits <= allowed && (best === null || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word ?? null;
}

/** 'did you mean X?', or else what there is to choose from. */
export function didYouMean(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  return near === null ? `choose one of ${words.join(', ')}` : `did you mean ${near}?`;
}

/** Letters to insert, delete, replace or swap with the next (optimal string alignment). */
function editsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, before[j - 2]! + 1);
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
