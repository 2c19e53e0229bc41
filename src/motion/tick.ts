/** Ticks a second: rules, derived series and truth all use this grid. */
export const TICK_HZ = 10;
export const TICK_S = 1 / TICK_HZ;

/** A stroke between two reversals. */
export interface Stroke {
  readonly startS: number;
  readonly endS: number;
  /** Signed length, cm. */
  readonly lengthCm: number;
  readonly meanCmS: number;
  readonly peakCmS: number;
}

/**
 * The state of motion at a multiple of 0.1 s of session time, whatever the blocks were: the only thing that coaching sees.
 */
export interface MotionTick {
  readonly tS: number;
  /** Rolled path, cm: R * theta while in contact, frozen otherwise; 0 at the first contact of the group. Of a ball: length of its way. */
  readonly positionCm: number;
  /** Signed (x(t) - x(t - 0.1)) / 0.1. */
  readonly speedCmS: number;
  /** Debounced contact at tS. */
  readonly contact: boolean;
  /** There are no cells: contact is taken for granted while frames come. */
  readonly contactAssumed: boolean;
  /** Seconds of contact within this tick, 0 to 0.1. */
  readonly contactS: number;
  /** Force on the body side, N; null without calibrated cells. */
  readonly forceN: number | null;
  /** Mean pressure over the loaded cells of the body side (0 when none is), kPa; null without calibrated cells. */
  readonly pressureKpa: number | null;
  /**
   * Load on the body side of cells that give counts, in a unit of the roller's own: it grows in proportion to the force. null where the
   * force itself is known, and without cells. Left out: null.
   */
  readonly relativeLoad?: number | null;
  /** Highest cell of the body side, kPa; null without cells. */
  readonly peakKpa: number | null;
  /** Load along the axis: -1 all on the negative end, 1 all on the positive end; null when not loaded or not known. */
  readonly balance: number | null;
  /** The haptic motor shook the sensors, or did up to 150 ms before, or the cells were being tared: rules hold still. */
  readonly disturbed: boolean;
  /** Frames stopped for longer than the bridge of 0.5 s: no contact, nothing known. */
  readonly gap: boolean;
  /** Strokes that ended in this tick. */
  readonly strokes: readonly Stroke[];
  /**
   * False while `positionCm` is no place on the path: of a ball it is the length of its way, of a stick nothing; of a roller whose
   * axis is not yet found, or whose turning has been felt too badly. Left out: true.
   */
  readonly positionTrusted?: boolean;
}
