/** What was seen at the sides counts for so many looks at a cell; from so many, which differ so much, a share is made. */
const LOOKS = 2000;
const ENOUGH_LOOKS = 500;
const ENOUGH_KPA2 = 2;
/** Force sensing resistors at their worst creep by 15 %; more is something else. */
const MOST_SHARE = 0.3;
/** Said from and until this share: cells that creep by 3 % in all leave half as much some seconds later, and harm nobody. */
const CREEPING = { on: 0.05, off: 0.03 };
/** A cell that reads less than this share of what it remembers has been left by its load. */
const LEFT_SHARE = 0.4;
/** At once after a load more is left than some seconds later on a side, where it is learned. */
const AT_ONCE = 1.5;

/** What past loads leave in the cells. Plain data. */
export interface Creep {
  /** Load of late of each cell, kPa. */
  readonly memoryKpa: Float32Array;
  /** Sums over looks at cells that nothing presses, of what they remember and what they read. */
  looks: number;
  memory: number;
  reading: number;
  memorySquared: number;
  both: number;
  /** Share of what a cell remembers that it still reads when the load has gone. */
  share: number;
  /** It is as much as matters; and ever was. */
  stands: boolean;
  ever: boolean;
}

export const createCreep = (count: number): Creep => ({
  memoryKpa: new Float32Array(count), looks: 0, memory: 0, reading: 0, memorySquared: 0, both: 0, share: 0, stands: false, ever: false,
});

export const hasLeft = (memoryKpa: number, kpa: number): boolean => kpa < LEFT_SHARE * memoryKpa;

/**
 * What past loads leave at the most in a cell that creeps and reads `kpa` above its zero: 0 while a load is on it, which is never made less
 * than it reads.
 */
export function residueKpa({ memoryKpa, share, stands }: Creep, cell: number, kpa: number): number {
  if (!stands) return 0;
  const memory = memoryKpa[cell]!;
  return hasLeft(memory, kpa) ? AT_ONCE * share * memory : 0;
}

/** Takes a look at a cell that nothing presses. */
export function lookAside(creep: Creep, memoryKpa: number, kpa: number): void {
  const kept = 1 - 1 / LOOKS;
  creep.looks = creep.looks * kept + 1;
  creep.memory = creep.memory * kept + memoryKpa;
  creep.reading = creep.reading * kept + kpa;
  creep.memorySquared = creep.memorySquared * kept + memoryKpa * memoryKpa;
  creep.both = creep.both * kept + memoryKpa * kpa;
}

/**
 * By how much those that have borne more read more: the slope of a straight line. What is alike for all of them, a body that reaches
 * around or a zero that is off, is no creep.
 */
export function judgeCreep(creep: Creep): void {
  const { looks, memory, reading, memorySquared, both } = creep;
  if (looks < ENOUGH_LOOKS) return;
  const spread = memorySquared / looks - (memory / looks) ** 2;
  if (spread < ENOUGH_KPA2) return;
  const share = (both / looks - (memory * reading) / looks ** 2) / spread;
  creep.share = Math.max(0, Math.min(MOST_SHARE, share));
  if (creep.share > CREEPING.on) creep.stands = true;
  else if (creep.share < CREEPING.off) creep.stands = false;
  creep.ever ||= creep.stands;
}
