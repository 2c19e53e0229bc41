import { createHash } from 'node:crypto';
import { FitWriter } from '@markw65/fit-file-writer';
import { GROUPS } from '../../../guide/groups.ts';
import type { SessionRun, Stretch } from '../session-run.ts';
import { declareFields, developerFields, fitText } from './developer-fields.ts';
import { secondsOf } from './seconds.ts';

/**
 * The profile has neither rolling nor massage. Training is what is done on a mat; of its kinds flexibility is what rolling is done
 * for, and platforms count it as mobility. Its speed is not that of a body over ground: it goes into developer fields, so
 * that nobody's distance or pace is changed by it.
 */
const SPORT = { sport: 'training', sub_sport: 'flexibility_training' } as const;

/**
 * A session as a FIT activity: a lap for each stretch with a group and side, a record a second, a marker for every cue. FIT counts
 * whole seconds, so that times are those of the second they are in. Never throws.
 */
export function fitOf(run: SessionRun): Uint8Array {
  const { zeroUtcMs, meta, summary, series } = run;
  const writer = new FitWriter();
  const zero = Math.max(0, writer.time(Math.floor(zeroUtcMs / 1000) * 1000));
  const at = (tS: number): number => zero + Math.round(tS);
  const { durationS } = summary.origin;

  writer.writeMessage(
    'file_id',
    { type: 'activity', manufacturer: 'development', product: 0, serial_number: serialOf(meta.sessionId), time_created: zero, product_name: fitText('Smart roller') },
    null,
    true,
  );
  declareFields(writer);
  writer.writeMessage('event', { timestamp: zero, event: 'timer', event_type: 'start' });
  for (const write of inOrder([...recordsOf(run), ...cuesOf(run)])) write();
  const laps = run.stretches.length > 0 ? run.stretches : [{ group: 'unknown', side: 'both', startS: 0, endS: durationS, activeS: 0, strokes: 0 } as const];
  for (const [index, lap] of laps.entries()) writeLap(index, lap);
  writer.writeMessage('event', { timestamp: at(durationS), event: 'timer', event_type: 'stop_all' });
  const whole = { timestamp: at(durationS), total_timer_time: durationS };
  writer.writeMessage(
    'session',
    {
      ...whole,
      ...SPORT,
      event: 'session',
      event_type: 'stop',
      trigger: 'activity_end',
      start_time: zero,
      total_elapsed_time: durationS,
      first_lap_index: 0,
      num_laps: laps.length,
      sport_profile_name: fitText('Foam rolling'),
    },
    developerFields({
      active_time: summary.plan.activeS,
      strokes: summary.groups.reduce((sum, { strokes }) => sum + strokes.count, 0),
      too_fast_time: summary.groups.reduce((sum, { speed }) => sum + speed.tooFastS, 0),
      pain_before: summary.pain.beforeNrs,
      pain_after: summary.pain.afterNrs,
    }),
    true,
  );
  writer.writeMessage('activity', { ...whole, num_sessions: 1, type: 'manual', event: 'activity', event_type: 'stop' }, null, true);
  const { buffer, byteOffset, byteLength } = writer.finish();
  return new Uint8Array(buffer, byteOffset, byteLength).slice();

  function recordsOf(_run: SessionRun): Timed[] {
    return secondsOf(series).map(({ tS, speedCmS, positionCm, forceN }) => ({
      tS,
      write: () => writer.writeMessage('record', { timestamp: at(tS) }, developerFields({ rolling_speed: speedCmS, rolling_position: positionCm, force: forceN })),
    }));
  }

  function cuesOf({ cues }: SessionRun): Timed[] {
    return cues.map(({ tS, kind, level }) => ({
      tS,
      write: () =>
        writer.writeMessage('event', { timestamp: at(tS), event: 'user_marker', event_type: 'marker', data: level }, developerFields({ cue: `${kind} ${level}` })),
    }));
  }

  function writeLap(index: number, { group, side, startS, endS, activeS, strokes }: Stretch): void {
    const rolled = summary.groups.find((each) => each.group === group && each.side === side);
    writer.writeMessage(
      'lap',
      {
        ...SPORT,
        message_index: { value: index },
        timestamp: at(endS),
        start_time: at(startS),
        total_elapsed_time: endS - startS,
        total_timer_time: endS - startS,
        event: 'lap',
        event_type: 'stop',
        lap_trigger: 'manual',
      },
      developerFields({ muscle: `${GROUPS[group].name}, ${side}`, active_time: activeS, strokes, green_share: rolled?.speed.greenPct ?? null }),
    );
  }
}

interface Timed {
  readonly tS: number;
  readonly write: () => void;
}

const inOrder = (messages: readonly Timed[]): (() => void)[] => messages.toSorted((a, b) => a.tS - b.tS).map(({ write }) => write);

/** A number of the session that fits, never 0, which FIT takes for none. */
const serialOf = (sessionId: string): number => createHash('sha256').update(sessionId).digest().readUInt32LE(0) || 1;
