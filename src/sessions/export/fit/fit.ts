import { createHash } from 'node:crypto';
import { FitWriter } from '@markw65/fit-file-writer';
import { GROUPS } from '../../../guide/groups.ts';
import type { SessionRun, Stretch } from '../session-run.ts';
import { declareFields, developerFields, fitText } from './developer-fields.ts';
import { secondsOf } from './seconds.ts';

/**
 * The profile has neither rolling nor massage. Training is what is done on a mat; of its kinds flexibility is what rolling is done
 * for. Its speed is not that of a body over ground: it goes into developer fields, so that nobody's distance or pace is changed by it.
 */
const SPORT = { sport: 'training', sub_sport: 'flexibility_training' } as const;

const PROFILE_NAME = fitText('Foam rolling');

/** A file being written, and when session time 0 was, in FIT's seconds. */
interface Book {
  readonly writer: FitWriter;
  readonly zero: number;
}

/** FIT counts whole seconds. */
const at = ({ zero }: Book, tS: number): number => zero + Math.round(tS);

/** A session as a FIT activity: a lap for each stretch with a group and side, a record a second, a marker for every cue. Never throws. */
export function fitOf(run: SessionRun): Uint8Array {
  const writer = new FitWriter();
  const book = { writer, zero: Math.max(0, writer.time(Math.floor(run.zeroUtcMs / 1000) * 1000)) };
  const { durationS } = run.summary.origin;
  const whole: Stretch = { group: 'unknown', side: 'both', startS: 0, endS: durationS, activeS: 0, strokes: 0 };
  const laps = run.stretches.length > 0 ? run.stretches : [whole];

  writeHead(book, run);
  writer.writeMessage('event', { timestamp: book.zero, event: 'timer', event_type: 'start' });
  for (const { write } of [...recordsOf(book, run), ...markersOf(book, run)].toSorted((a, b) => a.tS - b.tS)) write();
  for (const [index, lap] of laps.entries()) writeLap(book, run, lap, index);
  writer.writeMessage('event', { timestamp: at(book, durationS), event: 'timer', event_type: 'stop_all' });
  writeTotals(book, run, laps.length);
  const { buffer, byteOffset, byteLength } = writer.finish();
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

function writeHead({ writer, zero }: Book, { meta }: SessionRun): void {
  const maker = { manufacturer: 'development', product: 0, product_name: fitText('Smart roller') } as const;
  writer.writeMessage('file_id', { type: 'activity', time_created: zero, serial_number: serialOf(meta.sessionId), ...maker }, null, true);
  declareFields(writer);
}

interface Timed {
  readonly tS: number;
  readonly write: () => void;
}

const recordsOf = (book: Book, { series }: SessionRun): Timed[] =>
  secondsOf(series).map(({ tS, speedCmS, positionCm, forceN }) => ({
    tS,
    write() {
      const fields = developerFields({ rolling_speed: speedCmS, rolling_position: positionCm, force: forceN });
      book.writer.writeMessage('record', { timestamp: at(book, tS) }, fields);
    },
  }));

const markersOf = (book: Book, { cues }: SessionRun): Timed[] =>
  cues.map(({ tS, kind, level }) => ({
    tS,
    write() {
      const marker = { timestamp: at(book, tS), event: 'user_marker', event_type: 'marker', data: level } as const;
      book.writer.writeMessage('event', marker, developerFields({ cue: `${kind} ${level}` }));
    },
  }));

function writeLap(book: Book, { summary }: SessionRun, { group, side, startS, endS, activeS, strokes }: Stretch, index: number): void {
  const green = summary.groups.find((each) => each.group === group && each.side === side)?.speed.greenPct ?? null;
  const lasted = endS - startS;
  const times = { start_time: at(book, startS), timestamp: at(book, endS), total_elapsed_time: lasted, total_timer_time: lasted };
  book.writer.writeMessage(
    'lap',
    { ...SPORT, ...times, message_index: { value: index }, event: 'lap', event_type: 'stop', lap_trigger: 'manual' },
    developerFields({ muscle: `${GROUPS[group].name}, ${side}`, active_time: activeS, strokes, green_share: green }),
  );
}

function writeTotals(book: Book, { summary }: SessionRun, laps: number): void {
  const { durationS, source } = summary.origin;
  const times = { timestamp: at(book, durationS), total_timer_time: durationS };
  const whole = { start_time: book.zero, total_elapsed_time: durationS, first_lap_index: 0, num_laps: laps } as const;
  book.writer.writeMessage(
    'session',
    { ...SPORT, ...times, ...whole, event: 'session', event_type: 'stop', trigger: 'activity_end', sport_profile_name: PROFILE_NAME },
    developerFields({
      active_time: summary.plan.activeS,
      strokes: summary.groups.reduce((sum, { strokes }) => sum + strokes.count, 0),
      too_fast_time: summary.groups.reduce((sum, { speed }) => sum + speed.tooFastS, 0),
      pain_before: summary.pain.beforeNrs,
      pain_after: summary.pain.afterNrs,
      source,
    }),
    true,
  );
  book.writer.writeMessage('activity', { ...times, num_sessions: 1, type: 'manual', event: 'activity', event_type: 'stop' }, null, true);
}

/** A number of the session that fits, never 0, which FIT takes for none. */
const serialOf = (sessionId: string): number => createHash('sha256').update(sessionId).digest().readUInt32LE(0) || 1;
