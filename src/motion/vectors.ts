/** Arithmetic of vectors of three in typed arrays, written in place. */

export function setVector(v: Float64Array, v0: number, v1: number, v2: number): void {
  v[0] = v0;
  v[1] = v1;
  v[2] = v2;
}

/** Rotates a unit vector by a rotation vector, rad (Rodrigues). */
export function rotate(v: Float64Array, r0: number, r1: number, r2: number): void {
  const angle = Math.sqrt(r0 * r0 + r1 * r1 + r2 * r2);
  if (angle === 0) return;
  const v0 = v[0]!;
  const v1 = v[1]!;
  const v2 = v[2]!;
  const sin = Math.sin(angle) / angle;
  const cos = Math.cos(angle);
  const rest = ((1 - cos) * (r0 * v0 + r1 * v1 + r2 * v2)) / (angle * angle);
  const n0 = v0 * cos + (r1 * v2 - r2 * v1) * sin + r0 * rest;
  const n1 = v1 * cos + (r2 * v0 - r0 * v2) * sin + r1 * rest;
  const n2 = v2 * cos + (r0 * v1 - r1 * v0) * sin + r2 * rest;
  // Rounding would let the length walk away over hours.
  const unit = (3 - (n0 * n0 + n1 * n1 + n2 * n2)) / 2;
  setVector(v, n0 * unit, n1 * unit, n2 * unit);
}

/** Makes a vector one long; one of no length stays. */
export function normalize(v: Float64Array): void {
  const size = Math.hypot(v[0]!, v[1]!, v[2]!);
  if (size > 0) setVector(v, v[0]! / size, v[1]! / size, v[2]! / size);
}

export const dot = (a: Float64Array, b: Float64Array): number => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
