/** Rates by their code in register 0x03, Hz (WitMotion's Bluetooth 5.0 protocol); slower ones are of no use in a roller. */
const RATES_HZ: Readonly<Record<number, number>> = { 0x06: 10, 0x07: 20, 0x08: 50, 0x09: 100, 0x0b: 200 };
const RATE_REGISTER = 0x03;
const UNLOCK = [0xff, 0xaa, 0x69, 0x88, 0xb5];
/** Registers can be written for so long after they were unlocked. */
const UNLOCKED_S = 10;

/** What a client has set. */
export interface Settings {
  readonly rateHz: number;
  /** Takes a write: `ff aa`, register, value, little endian. What is no command, or comes while it is locked, changes nothing. */
  write(bytes: Uint8Array, nowS: number): void;
}

export function createSettings(rateHz: number): Settings {
  let rate = rateHz;
  let unlockedUntilS = -Infinity;
  return {
    get rateHz() {
      return rate;
    },
    write([...bytes], nowS) {
      if (bytes.length === UNLOCK.length && bytes.every((byte, index) => byte === UNLOCK[index])) unlockedUntilS = nowS + UNLOCKED_S;
      const [first, second, register, low = 0] = bytes;
      const isRate = bytes.length === 5 && first === 0xff && second === 0xaa && register === RATE_REGISTER;
      if (isRate && nowS <= unlockedUntilS) rate = RATES_HZ[low] ?? rate;
    },
  };
}
