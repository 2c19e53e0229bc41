import type { JSX } from 'preact';
import { calmSnapshot, isFresh, roller } from '../state/store.ts';
import { faultNote } from './fault-text.ts';
import type { SnapshotMessage } from '../../server/wire.ts';

/** How long on this spot, against the time at which to move on. */
export function DwellPlate(): JSX.Element | null {
  const shown = calmSnapshot.value;
  if (shown === null) return null;
  const { dwellS, limits: { dwellHintS, dwellWarnS } } = shown;
  return (
    <section class="plate dwell" aria-label="Time on this spot" aria-live="off" data-old={!isFresh.value}>
      <h2>on this spot</h2>
      <p class="plate-digits"><b data-testid="dwell">{Math.floor(dwellS)}</b> <span>s</span></p>
      {dwellWarnS === null ? (
        <p class="plate-note">holding is the technique</p>
      ) : (
        <div class="gauge">
          <div class="gauge-fill" style={{ width: `${100 * Math.min(1, dwellS / dwellWarnS)}%` }} />
          {dwellHintS !== null && <div class="gauge-mark" style={{ left: `${(100 * dwellHintS) / dwellWarnS}%` }} />}
        </div>
      )}
    </section>
  );
}

/** Load in the unit that is known, against its limit, and how it is shared between the two ends of the roller. Absent without cells. */
export function LoadPlate(): JSX.Element | null {
  const shown = calmSnapshot.value;
  if (shown === null) return null;
  const load = loadOf(shown);
  const fault = faultNote(shown, roller.value);
  if (load === null && fault === null) return null;
  const { balance } = shown;
  return (
    <section class="plate load" aria-label={shown.limits.loadPctComfort == null ? 'Load' : 'Load, of what you find comfortable'} aria-live="off" data-old={!isFresh.value}>
      <h2>
        <span>load</span> {load !== null && load.limit !== null && <span class="plate-limit">limit {Math.round(load.limit)}</span>}
      </h2>
      <p class="plate-digits" style={{ '--letters': Math.max(2, load?.digits.length ?? 0) }}>
        <b data-testid="load">{load?.digits ?? '–'}</b> <span>{load?.unit}</span>
      </p>
      {fault !== null ? (
        <p class="plate-note fault-note">{fault}</p>
      ) : (
        <div class="gauge gauge-balance" role="img" aria-label={balanceText(balance)}>
          <div class="gauge-mark" style={{ left: '50%' }} />
          {balance !== null && <div class="gauge-knob" style={{ left: `${50 + 42 * Math.max(-1, Math.min(1, balance))}%` }} />}
        </div>
      )}
    </section>
  );
}

interface ShownLoad {
  readonly digits: string;
  readonly unit: string;
  readonly limit: number | null;
}

function loadOf({ forcePctBw, pressureKpa, loadPctComfort = null, forceN, limits }: SnapshotMessage): ShownLoad | null {
  const load = (value: number, unit: string, limit: number | null): ShownLoad => ({ digits: String(Math.round(value)), unit, limit });
  if (forcePctBw !== null) return load(forcePctBw, '% of you', limits.forcePctBw);
  if (pressureKpa !== null) return load(pressureKpa, 'kPa', limits.pressureKpa);
  if (loadPctComfort !== null) return load(loadPctComfort, '%', limits.loadPctComfort ?? null);
  // The sensors do not carry finer digits than 5 N.
  return forceN === null ? null : load(5 * Math.round(forceN / 5), 'N', null);
}

/** Beyond this the two ends differ by more than a person would call even. */
const EVEN = 0.15;

function balanceText(balance: number | null): string {
  if (balance === null) return 'Balance not known';
  if (Math.abs(balance) <= EVEN) return 'Balance even';
  return `More load on ${balance < 0 ? 'one end' : 'the other end'}`;
}
