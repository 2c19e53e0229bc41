/** The companion speaks in lines that begin small and end without a stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?\u2026]$/.test(begun) ? begun : `${begun}.`;
}
