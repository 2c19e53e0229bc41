import { GROUPS } from '../guide/groups.ts';
import type { KeptCue, KeptSession, SessionLine } from '../sessions/library/records.ts';
import { cueText } from './cue-text.ts';

/** Sessions in words for a person at a terminal. */

/** Eight characters of a UUIDv7 are a minute. */
const SHORTEST_ID = 8;

/** The shortest beginning of each id that no other has. */
export function shortIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const sorted = ids.toSorted();
  const common = (a: string, b: string | undefined): number => {
    let length = 0;
    while (length < a.length && a[length] === b?.[length]) length++;
    return length;
  };
  const neededBy = (id: string, i: number): number => 1 + Math.max(common(id, sorted[i - 1]), common(id, sorted[i + 1]));
  return new Map(sorted.map((id, i) => [id, id.slice(0, Math.max(SHORTEST_ID, neededBy(id, i)))]));
}

/** What a file or a roller says of itself does not steer the terminal. */
export const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, '?');

export const timeText = (utcMs: number): string => `${new Date(utcMs).toISOString().slice(0, 16).replace('T', ' ')}Z`;

export function lengthText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export const bytesText = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const rolledText = (rolled: SessionLine['rolled']): string =>
  rolled.length === 0
    ? 'nothing rolled'
    : rolled.map(({ group, side, activeS }) => `${GROUPS[group].name} ${side} ${lengthText(activeS)}`).join(', ');

/** `id` as it is to be shown. */
export function lineText({ startedUtcMs, durationS, starred, rolled, cueCount, name, source, state }: SessionLine, id: string): string {
  const marks = [...(source === 'live' ? [] : [source]), ...(state === 'recovered' ? [state] : []), ...(name === null ? [] : [plain(name)])];
  return [
    id.padEnd(SHORTEST_ID),
    timeText(startedUtcMs),
    lengthText(durationS).padStart(6),
    starred ? '*' : ' ',
    `${rolledText(rolled)}, ${counted(cueCount, 'cue')}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`,
  ].join('  ');
}

const row = (name: string, value: string): string => `  ${name.padEnd(12)}${value}`;

export function sessionText({ summary, ...session }: KeptSession, cues: readonly KeptCue[]): string {
  const { roller, massKg } = summary.origin;
  return [
    `${session.id}${session.starred ? ' *' : ''}${session.name === null ? '' : `: ${plain(session.name)}`}`,
    row('started', timeText(session.startedUtcMs)),
    row('length', `${lengthText(session.durationS)}, ${lengthText(session.activeS)} of it in contact`),
    row('source', session.source + (session.state === 'recovered' ? ', recovered' : '')),
    ...(roller === null ? [] : [row('roller', plain(roller.name))]),
    ...(massKg === null ? [] : [row('body mass', `${massKg} kg`)]),
    row('recording', session.file === null ? 'none' : `${plain(session.file)}, ${bytesText(session.bytes)}`),
    ...(session.note === '' ? [] : [row('note', session.note.replaceAll('\n', `\n${' '.repeat(14)}`))]),
    ...summary.groups.flatMap(({ group, side, activeS, sets, strokes, speed, longestDwellS }) => [
      '',
      `${GROUPS[group].name}, ${side}`,
      row('active', `${activeS.toFixed(1)} s in ${counted(sets, 'set')}, ${counted(strokes.count, 'stroke')}`),
      row('speed', `median ${speed.medianCmS.toFixed(1)}, 95 % below ${speed.p95CmS.toFixed(1)} cm/s`),
      row('too fast', `${counted(speed.tooFastTimes, 'time')}, ${speed.tooFastS.toFixed(1)} s`),
      row('one area', `${longestDwellS.toFixed(1)} s at the longest`),
    ]),
    '',
    cues.length === 0 ? 'No cues.' : 'Cues',
    ...cues.map(cueText),
  ].join('\n');
}
