import { decodeStatus } from '../../../firmware-protocol/status.ts';
import { advice, fail, pass, passIf, skipped, unless, type Check } from '../check.ts';

const PERIOD_S = 10;
const CHANGE_S = 1;
/** What the way and a busy machine may add. */
const ON_ITS_WAY_S = 0.5;
const ADVISED_PER_S = 5;
const LOW_BATTERY_PCT = 10;

export const STATUS_CHECKS: readonly Check[] = [
  {
    id: 'status/layout',
    section: 6,
    expected: 'values that follow the table',
    judge: ({ evidence: { values, statuses, statusAtEnd } }) => {
      const all = [values.status, ...statuses.map(({ bytes }) => bytes), statusAtEnd].filter((bytes) => bytes !== undefined && bytes !== null);
      if (all.length === 0) return fail('no status value');
      const faults = all.flatMap((bytes) => {
        const decoded = decodeStatus(bytes);
        return decoded.ok ? [] : [`${decoded.fault.reason}: ${decoded.fault.detail}`];
      });
      return unless(faults, `${all.length} values`);
    },
  },
  {
    id: 'status/period',
    section: 6,
    expected: `a notification at least every ${PERIOD_S} s`,
    judge: ({ evidence: { statuses, watchedFromS, watchedToS } }) => {
      if (watchedToS - watchedFromS < PERIOD_S + ON_ITS_WAY_S) return skipped(`watched for less than ${PERIOD_S} s`);
      const instants = [watchedFromS, ...statuses.map(({ arrivalS }) => arrivalS), watchedToS];
      const longestS = Math.max(...instants.slice(1).map((instant, index) => instant - instants[index]!));
      return passIf(longestS <= PERIOD_S + ON_ITS_WAY_S, `${statuses.length} notifications, ${longestS.toFixed(1)} s at most without`);
    },
  },
  {
    id: 'status/not-too-often',
    section: 6,
    expected: `at most ${ADVISED_PER_S} notifications a second`,
    judge: ({ evidence: { statuses } }) => {
      const most = Math.max(0, ...statuses.map(({ arrivalS }) => statuses.filter((other) => other.arrivalS >= arrivalS && other.arrivalS < arrivalS + 1).length));
      return most <= ADVISED_PER_S ? pass(`${most} in a second at most`) : advice(`${most} in a second`);
    },
  },
  {
    id: 'status/streaming',
    section: 6,
    expected: `the start and the end of the stream told within ${CHANGE_S} s`,
    judge: ({ runs, statuses, evidence: { watchedToS, statuses: { length: notified } } }) => {
      const changes = runs.flatMap(({ startedS, stoppedS }) => [
        { what: 'start', atS: startedS, untilS: stoppedS ?? Infinity, streaming: true },
        ...(stoppedS === null ? [] : [{ what: 'stop', atS: stoppedS, untilS: runs.find((next) => next.startedS > stoppedS)?.startedS ?? Infinity, streaming: false }]),
      ]);
      if (changes.length === 0) return skipped('nothing was streamed');
      if (statuses.length === 0 && notified > 0) return skipped('no status value can be read');
      const limitS = CHANGE_S + ON_ITS_WAY_S;
      const untold = changes.filter(({ atS, untilS, streaming }) => {
        // One that was over sooner than it had to be told is nobody's fault.
        if (Math.min(untilS, watchedToS) < atS + limitS) return false;
        // The response and the notification of what it did are one event to a radio: either may come first.
        return !statuses.some(({ arrivalS, activity }) => arrivalS >= atS - ON_ITS_WAY_S && arrivalS <= atS + limitS && activity.streaming === streaming);
      });
      const wrong = statuses.filter(({ arrivalS, activity }) => runs.some(({ startedS, stoppedS }) =>
        !activity.streaming && arrivalS > startedS + limitS && arrivalS < (stoppedS ?? Infinity) - ON_ITS_WAY_S));
      return unless(
        [...untold.map(({ what, atS }) => `${what} at ${(atS - runs[0]!.startedS).toFixed(1)} s not told`), ...wrong.map(() => 'not streaming, while it was')],
        `${changes.length} changes`,
      );
    },
  },
  {
    id: 'status/after-disconnection',
    section: 3,
    expected: 'no stream any more after a connection that ended while one ran',
    judge: ({ evidence: { leftStreaming, values } }) => {
      const status = decodeStatus(values.status ?? new Uint8Array());
      if (!leftStreaming || !status.ok) return skipped('no stream was left running, or no status value can be read');
      return passIf(!status.value.activity.streaming, status.value.activity.streaming ? 'streaming' : 'not streaming');
    },
  },
  {
    id: 'status/low-battery',
    section: 6,
    expected: `the fault lowBattery exactly below ${LOW_BATTERY_PCT} %`,
    judge: ({ statusAtEnd }) => {
      if (statusAtEnd === null || statusAtEnd.batteryPct === null) return skipped('the charge is not known');
      const { batteryPct, faults } = statusAtEnd;
      return passIf(faults.lowBattery === batteryPct < LOW_BATTERY_PCT, `${batteryPct} %, the fault ${faults.lowBattery ? 'set' : 'not set'}`);
    },
  },
];
