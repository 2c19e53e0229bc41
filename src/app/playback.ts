import path from 'node:path';
import { AppError } from '../errors.ts';
import type { PlaybackMessage, TimelineMessage } from '../server/wire.ts';
import type { Wish } from '../server/channel.ts';
import type { Transport } from '../sessions/transport.ts';

/** What the controls of a player show. */
export function playbackOf({ state$, clock }: Transport): Omit<PlaybackMessage, 'type'> {
  const { file, ...state } = state$.value;
  return { ...state, file: path.basename(file), atS: clock.monotonicS() };
}

/** What a person was told in the recording, and what was marked in it: the marks on its timeline. */
export function timelineOf(transport: Transport): Omit<TimelineMessage, 'type'> {
  const { durationS, cues, markers } = transport.timeline();
  const begun = cues.filter(({ phase }) => phase === 'start');
  return { durationS, cues: begun.map(({ tS, kind, level, group, side }) => ({ tS, kind, level, group, side })), markers: [...markers] };
}

/** Carries out what is wished of a player; what a wish does not name stays. Rejects with E_REFUSED, and with what opening a file rejects with. */
export async function steer(transport: Transport | null, { playing, rate, loop, number, seekS }: Extract<Wish, { type: 'playback' }>): Promise<void> {
  if (transport === null) throw new AppError('E_REFUSED', 'there is no recording to play', 'play one with --source replay --recording FILE');
  if (rate !== undefined) transport.setRate(rate);
  if (loop !== undefined) transport.setLoop(loop);
  if (number !== undefined) await transport.open(number);
  if (seekS !== undefined) await transport.seek(seekS);
  if (playing === true) transport.play();
  if (playing === false) transport.pause();
}
