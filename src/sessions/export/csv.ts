import { AppError } from '../../errors.ts';
import type { RollerGeometry } from '../../motion/block.ts';
import { ACCEL_COLUMNS, GYRO_COLUMNS, TIME_COLUMN, zoneColumn } from '../import/header.ts';
import type { Recording } from '../recording.ts';
import { runRecording, type RunConfig } from '../summary/summarize.ts';
import type { SeriesTick, SessionRun } from './session-run.ts';
import { createTextChunks } from './text-chunks.ts';
import { zoneKpa, zonesOf, type Zones } from './zones.ts';

/** What `derived` adds to the columns of `raw`. */
export const DERIVED_COLUMNS = ['speed_cm_s', 'position_cm', 'contact', 'force_n'] as const;

export interface CsvTable {
  readonly bytes: Uint8Array;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Of the roller as it was at the end. */
  readonly zones: Zones;
}

/** Kept of each value: a fraction of the sensor's own step. */
const DECIMALS = { time: 6, gyro: 4, accel: 6, kpa: 4, derived: 4 } as const;
const rounded = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** Instants within this are the same, s: session time is kept in microseconds. */
const SAME_S = 1e-6;

/**
 * A row for every sample of the IMU, RFC 4180 and nothing but numbers: the samples as the roller sent them, in units, on session time,
 * so that `import` makes a recording of them. Frames that were lost are rows that are missing. Pressure holds until the next reading.
 * Throws E_RECORDING where no frame could be decoded.
 */
export function csvOf(recording: Recording, config: RunConfig, run: SessionRun, withDerived: boolean): CsvTable {
  const text = createTextChunks();
  const derived = withDerived ? tickReader(run.series) : null;
  const loadedCm2 = meanLoadedCm2(run.series);
  let zones: Zones | null = null;
  let columns: readonly string[] = [];
  let rows = 0;
  let lastS = -Infinity;
  let kpa: number[] = [];

  runRecording(recording, config, () => undefined, (block, { geometry, upRad }) => {
    if (zones?.geometry !== geometry) zones = zonesOf(geometry, loadedCm2);
    if (rows === 0) begin(zones);
    const cells = geometry.cells.length;
    let reading = 0;
    for (let i = 0; i < block.imuCount; i++) {
      const tS = block.tS + i * block.imuPeriodS;
      if (tS <= lastS + SAME_S) continue;
      lastS = tS;
      const due = (at: number): boolean => at < block.readingCount && block.tS + at * block.readingPeriodS <= tS + SAME_S;
      for (; due(reading); reading++) kpa = kpa.map((_, zone) => zoneKpa(zones!, zone, block.cellKpa, reading * cells, upRad));
      const values = [rounded(tS, DECIMALS.time)];
      for (let axis = 0; axis < 3; axis++) values.push(rounded(block.gyroDps[i * 3 + axis]!, DECIMALS.gyro));
      for (let axis = 0; axis < 3; axis++) values.push(rounded(block.accelG[i * 3 + axis]!, DECIMALS.accel));
      for (const each of kpa) values.push(rounded(each, DECIMALS.kpa));
      text.add(`${values.join(',')}${derived === null ? '' : derived(tS)}\r\n`);
      rows++;
    }
  });
  if (zones === null) throw new AppError('E_RECORDING', 'no frame of this recording could be decoded', 'there is nothing to export');
  return { bytes: text.bytes(), columns, rows, zones };

  function begin(first: Zones): void {
    kpa = first.cells.map(() => 0);
    const pressures = first.cells.map((_, zone) => zoneColumn(zone));
    columns = [TIME_COLUMN, ...GYRO_COLUMNS, ...ACCEL_COLUMNS, ...pressures, ...(withDerived ? DERIVED_COLUMNS : [])];
    text.add(`${columns.join(',')}\r\n`);
  }
}

/** The derived columns of the tick that each sample belongs to, in order of time; empty where a value is not known. */
function tickReader(series: readonly SeriesTick[]): (tS: number) => string {
  let at = 0;
  return (tS) => {
    while (at < series.length && series[at]!.tS < tS - SAME_S) at++;
    const tick = series[at];
    if (tick === undefined) return ',,,,';
    const { speedCmS, positionCm, contact, forceN } = tick;
    const force = forceN === null ? '' : rounded(forceN, DECIMALS.derived);
    return `,${rounded(speedCmS, DECIMALS.derived)},${rounded(positionCm, DECIMALS.derived)},${Number(contact)},${force}`;
  };
}

/** Mean area under load while there was any, cm2: force over the mean pressure of what carries it (1 kPa on 1 cm2 is 0.1 N). */
function meanLoadedCm2(series: readonly SeriesTick[]): number | null {
  let [sum, count] = [0, 0];
  for (const { forceN, pressureKpa } of series) {
    if (forceN === null || pressureKpa === null || pressureKpa <= 0) continue;
    sum += forceN / (0.1 * pressureKpa);
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** The options with which `import` makes of the table what it was made of. */
export function importOptions({ geometry, areaCm2 }: Pick<Zones, 'geometry' | 'areaCm2'>, forceScale: number): string {
  const { radiusCm, axis, mountCm, cells } = geometry satisfies RollerGeometry;
  return [
    `--radius-mm ${rounded(radiusCm * 10, 2)}`,
    ...(axis === 'unknown' ? [] : [`--axis ${axis}`]),
    ...(mountCm === null ? [] : [`--mount-mm ${mountCm.map((cm) => rounded(cm * 10, 1)).join(',')}`]),
    ...(cells.length === 0 ? [] : [`--zone-area-cm2 ${rounded(areaCm2 * forceScale, 2)}`]),
  ].join(' ');
}
