import { announceNow } from './announce.ts';
import { speakAnswer } from './sound/sound.ts';
import { settings } from './state/settings.ts';
import { isFresh, snapshot } from './state/store.ts';
import { currentMessage } from './view/current-message.ts';
import { groupText } from './view/group-text.ts';
import { SPOKEN_SPEED_UNIT, speedText } from './view/units.ts';

/** How it goes, in one breath, when the person asks: numbers are never spoken by themselves. */
export function sayStatus(): void {
  const text = statusText();
  announceNow(text);
  speakAnswer(text);
}

function statusText(): string {
  const now = snapshot.value;
  const { word, reason } = currentMessage.value;
  if (now === null || !isFresh.value) return `${word}. ${reason}.`;
  const { units } = settings.value;
  const parts = [
    groupText(now.group, now.side).replace(' · ', ', '),
    word,
    now.speedCmS === null ? null : `${speedText(units, now.speedCmS)} ${SPOKEN_SPEED_UNIT[units]}`,
    `${Math.floor(now.doseS)} of ${now.limits.doseGoalS} seconds`,
    `${Math.floor(now.dwellS)} on this spot`,
  ];
  return `${parts.filter((part) => part !== null).join('. ')}.`;
}
