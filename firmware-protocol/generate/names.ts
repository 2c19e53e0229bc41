import type { Field } from '../table.ts';

/** imuRateMilliHz -> imu_rate_milli_hz */
export const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_');

export const upper = (name: string): string => snake(name).toUpperCase();

/** Steps of the raw value in one unit: 10 where the scale is 0.1. */
const stepsPerUnit = (scale: number): number => Math.round(1 / scale);

/** Name of the raw value, with its factor: radius_mm_x10 is the radius in mm times 10, pulse_ms_div10 the pulse in ms by 10. */
export function rawName({ name, scale }: Field): string {
  if (scale === undefined) return snake(name);
  return scale < 1 ? `${snake(name)}_x${stepsPerUnit(scale)}` : `${snake(name)}_div${scale}`;
}

/** 81bb0001c6dd... -> 81bb0001-c6dd-...; 180f -> 0x180F */
export const dashed = (uuid: string): string =>
  uuid.length === 4 ? `0x${uuid.toUpperCase()}` : uuid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Bytes as pairs of hex digits. */
export const hexOf = (bytes: Uint8Array, between = ''): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(between);

export const hexByte = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
