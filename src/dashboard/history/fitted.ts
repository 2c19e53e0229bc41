/** A name in the room for so many characters: whole, cut short where something of it can still be read, else null. */
export function fitted(name: string, characters: number): string | null {
  if (name.length <= characters) return name;
  return characters >= 4 ? `${name.slice(0, characters - 1)}\u2026` : null;
}

/** left, else L. */
export const fittedSide = (side: string, characters: number): string | null =>
  side.length <= characters ? side : characters >= 1 ? side.charAt(0).toUpperCase() : null;
