import { SENSOR_FAULTS } from '../../guide/calibration-words.ts';
import type { KeptSession } from '../../server/api/schemas.ts';
import { countText, numberText } from './format.ts';
import { sentence } from './sentence.ts';

type Quality = KeptSession['summary']['quality'];

/** Up to which part of the frames may be lost, %, for each word: estimates. A lost frame is 20 ms; what is told counts seconds. */
const VERDICTS = [
  { upToPct: 1, word: 'Good', means: 'what is told here can be relied on' },
  { upToPct: 5, word: 'Fair', means: 'times and speeds are close, single strokes may be missed' },
  { upToPct: Infinity, word: 'Poor', means: 'take times and speeds as rough' },
] as const;

export interface QualityWords {
  readonly word: string;
  /** A sentence each. */
  readonly said: readonly string[];
}

/** How far what is told of a session can be relied on, for somebody who does not know what a frame is. */
export function qualityWords(quality: Quality): QualityWords {
  const { frames, lost, lostPct, gaps, decodeFaults, sensorFaults, contactAssumed, calibrated, damage } = quality;
  if (frames === 0) return { word: 'None', said: ['The roller sent nothing.', ...damageWords(damage)] };
  const verdict = VERDICTS.find(({ upToPct }) => lostPct <= upToPct) ?? VERDICTS[2];
  const missing = `${lost === 0 ? 'Nothing' : `${numberText(lostPct, lostPct < 10 ? 1 : 0)} %`} was lost on the way from the roller`;
  const uncalibrated = [calibrated.radius ? '' : 'speed, length', calibrated.force ? '' : 'force'].filter((what) => what !== '');
  return {
    word: verdict.word,
    said: [
      `${missing}: ${verdict.means}.`,
      ...(gaps === 0 ? [] : [`${countText(gaps, 'interruption')} of more than half a second: time in them is not counted.`]),
      ...(decodeFaults === 0 ? [] : [`${countText(decodeFaults, 'message')} of the roller could not be read.`]),
      ...sensorFaults.map(({ kind, cells }) => sentence(`${cells.length === 0 ? '' : `Cell ${cells.join(', ')}: `}${SENSOR_FAULTS[kind]}`)),
      ...(contactAssumed ? ['Pressure was not measured: contact is taken for granted, and load is not known.'] : []),
      ...(uncalibrated.length === 0
        ? ['The roller was calibrated.']
        : [`Not calibrated, so as the roller itself says: ${uncalibrated.join(' and ')}.`]),
      ...damageWords(damage),
    ],
  };
}

const damageWords = (damage: string | null): string[] => (damage === null ? [] : [`Of the recording: ${sentence(damage)}`]);
