const HEAD = [0x55, 0x61] as const;
const FULL_SCALE = 32_768;
const VALUES_AT = 2;
export const FRAME_BYTES = 20;

/** Full scales that such a sensor always has. */
export const RANGES = { gyroRangeDps: 2000, accelRangeG: 16 } as const;

/**
 * A frame of raw values, three of the gyroscope and three of the accelerometer: acceleration, rate and the angles of a level table, which
 * the sensor works out itself (roll and pitch by gravity here; it has no north, so its heading is 0).
 */
export function encodeFrame(raw: Int16Array): Uint8Array {
  const [gx = 0, gy = 0, gz = 0, ax = 0, ay = 0, az = 0] = raw;
  const angles = [Math.atan2(ay, az), Math.atan2(-ax, Math.hypot(ay, az)), 0].map((rad) => Math.trunc((rad / Math.PI) * (FULL_SCALE - 1)));
  const bytes = new Uint8Array(FRAME_BYTES);
  bytes.set(HEAD);
  const view = new DataView(bytes.buffer);
  [ax, ay, az, gx, gy, gz, ...angles].forEach((value, index) => view.setInt16(VALUES_AT + 2 * index, value, true));
  return bytes;
}
