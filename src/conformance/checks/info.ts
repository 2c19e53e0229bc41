import { decodeResponse } from '../../../firmware-protocol/control.ts';
import { MAX_FRAME_BYTES } from '../../../firmware-protocol/gatt.ts';
import { decodeInfo, type RollerInfo } from '../../../firmware-protocol/info.ts';
import { fail, pass, passIf, skipped, unless, type Check, type Verdict } from '../check.ts';
import type { Case } from '../examine.ts';
import { longestFrame } from './gatt.ts';

const withInfo = (judge: (info: RollerInfo, given: Case) => Verdict) => (given: Case): Verdict =>
  given.info === null ? skipped('the info value cannot be read') : judge(given.info, given);

type Rates = Pick<RollerInfo, 'imuRateMilliHz' | 'pressureRateMilliHz' | 'samplesPerFrame'>;
const ratesText = ({ imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }: Rates): string =>
  `${imuRateMilliHz / 1000} Hz, ${pressureRateMilliHz / 1000} Hz, ${samplesPerFrame} a frame`;

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6;

function rateObjections(info: RollerInfo): string[] {
  const { samplesPerFrame, imuRateMilliHz, pressureRateMilliHz, cells } = info;
  if (pressureRateMilliHz > 0 && cells.length === 0) return ['readings without cells'];
  const readings = (samplesPerFrame * pressureRateMilliHz) / imuRateMilliHz;
  const longest = longestFrame(info);
  return [
    ...(readings === 0 || isWhole(readings) || isWhole(1 / readings) ? [] : [`${readings.toFixed(3)} readings a frame`]),
    ...(longest > MAX_FRAME_BYTES ? [`frames of ${longest} bytes`] : []),
  ];
}

/** Everything but the rates, which a client may set. */
const lasting = (info: RollerInfo): string => JSON.stringify({ ...info, imuRateMilliHz: 0, pressureRateMilliHz: 0, samplesPerFrame: 0 });

export const INFO_CHECKS: readonly Check[] = [
  {
    id: 'info/layout',
    section: 4,
    expected: 'a value that follows the tables',
    judge: ({ evidence: { values } }) => {
      if (values.info === undefined) return fail('no info value');
      const decoded = decodeInfo(values.info);
      return decoded.ok ? pass(`${values.info.length} bytes, ${decoded.value.cells.length} cells`) : fail(`${decoded.fault.reason}: ${decoded.fault.detail}`);
    },
  },
  {
    id: 'info/device-id',
    section: 4,
    expected: 'an id that tells it from every other roller',
    judge: withInfo(({ deviceId }) => passIf(!/^(.)\1*$/.test(deviceId), deviceId)),
  },
  {
    id: 'info/axis',
    section: 4,
    expected: 'both mounting offsets or neither; none, and no cell angles, where the axis is unknown, as in a ball',
    judge: withInfo(({ axis, tool, mountFirstMm, mountSecondMm, cells }) => {
      const angles = cells.filter(({ angleDeg }) => angleDeg !== null).length;
      const unknown = axis === 'unknown';
      return unless(
        [
          ...((mountFirstMm === null) === (mountSecondMm === null) ? [] : ['one mounting offset of two']),
          ...(unknown && mountFirstMm !== null ? ['a mounting offset about an unknown axis'] : []),
          ...(unknown && angles > 0 ? [`${angles} cell angles about an unknown axis`] : []),
          ...(tool === 'ball' && !unknown ? [`a ball that turns about ${axis}`] : []),
        ],
        `axis ${axis}, ${mountFirstMm === null ? 'no' : 'with'} mounting offset, ${angles} cell angles`,
      );
    }),
  },
  {
    id: 'info/rates',
    section: 4,
    expected: `whole readings a frame, or whole frames a reading; at most ${MAX_FRAME_BYTES} bytes a frame`,
    judge: withInfo((info) => unless(rateObjections(info), `${ratesText(info)}, ${longestFrame(info)} bytes`)),
  },
  {
    id: 'info/rates-granted',
    section: 7,
    expected: 'the rates granted by setRate, which are such as section 4 allows',
    judge: ({ evidence: { infoAfter, exchanges } }) => {
      const objections: string[] = [];
      let seen = '';
      for (const { exchange, bytes } of infoAfter) {
        const answer = exchanges.find(({ name }) => name === exchange)?.answers[0];
        const response = answer && decodeResponse(answer.bytes);
        if (!response?.ok || response.value.procedure !== 'setRate' || response.value.result !== 'success') continue;
        const shown = decodeInfo(bytes);
        const granted = ratesText(response.value);
        seen = granted;
        if (!shown.ok) continue; // told by the check that follows
        if (ratesText(shown.value) !== granted) objections.push(`granted ${granted}, shown ${ratesText(shown.value)}`);
        else objections.push(...rateObjections(shown.value).map((objection) => `granted ${granted}: ${objection}`));
      }
      return seen === '' ? skipped('no rates were granted') : unless(objections, seen);
    },
  },
  {
    id: 'info/unchanged',
    section: 4,
    expected: 'the same value ever after, rates aside',
    judge: ({ evidence: { values, infoAfter } }) => {
      const first = decodeInfo(values.info ?? new Uint8Array());
      if (!first.ok || infoAfter.length === 0) return skipped('not read twice');
      return unless(
        infoAfter.flatMap(({ exchange, bytes }) => {
          const later = decodeInfo(bytes);
          const when = exchange === null ? 'at the end' : `after ${exchange}`;
          if (!later.ok) return [`${when}: ${later.fault.detail}`];
          return lasting(later.value) === lasting(first.value) ? [] : [`another one ${when}`];
        }),
        'the same',
      );
    },
  },
];
