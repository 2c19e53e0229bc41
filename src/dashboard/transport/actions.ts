import type { PlaybackMessage } from '../../server/wire.ts';
import { playback, say } from '../state/store.ts';

/** What the buttons and keys of the player do. */
export const SKIP_S = 10;

/** From 0.25 to 16 times the speed of life, and as fast as possible. */
export const RATES: readonly PlaybackMessage['rate'][] = [0.25, 0.5, 1, 2, 4, 8, 16, 'max'];
export const rateText = (rate: PlaybackMessage['rate']): string => (rate === 'max' ? 'max' : `${rate}×`);

export const playOrPause = (): void => say({ type: 'playback', playing: playback.peek()?.playing !== true });
export const setRate = (rate: PlaybackMessage['rate']): void => say({ type: 'playback', rate });
export const loopOrNot = (): void => say({ type: 'playback', loop: playback.peek()?.loop !== true });
export const openFile = (number: number): void => say({ type: 'playback', number });
