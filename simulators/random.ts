/** A stream of chance that is the same for the same seed and name, whatever other streams are drawn from. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  gauss(): number;
}

/** Murmur3's finalizer: every input bit reaches every output bit. */
function scramble(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Four words of state from a text; FNV-1a, then four different scrambles. */
function stateOf(text: string): [number, number, number, number] {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  const word = (index: number): number => scramble(hash + Math.imul(index, 0x9e37_79b9));
  return [word(1), word(2), word(3), 1];
}

/** A named stream of a seed. The generator is Chris Doty-Humphrey's sfc32, the bell curve is Box and Muller's. */
export function createRandom(seed: number, name: string): Random {
  let [a, b, c, counter] = stateOf(`${seed}/${name}`);
  let spare: number | null = null;

  const word = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first rounds still show the seed.
  for (let round = 0; round < 16; round++) word();

  const next = (): number => word() / 2 ** 32;
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    gauss() {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}
