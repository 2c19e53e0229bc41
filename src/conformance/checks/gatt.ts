import { CHARACTERISTICS, MIN_MTU, SERVICES, type CharacteristicName } from '../../../firmware-protocol/gatt.ts';
import type { RollerInfo } from '../../../firmware-protocol/info.ts';
import { decodeResponse } from '../../../firmware-protocol/control.ts';
import { streamFrameBytes } from '../../../firmware-protocol/stream.ts';
import { advice, fail, pass, passIf, skipped, unless, type Check } from '../check.ts';
import type { FoundCharacteristic } from '../evidence.ts';
import type { Case } from '../examine.ts';

const NAMES = Object.keys(CHARACTERISTICS) as CharacteristicName[];
const REQUIRED = NAMES.filter((name) => CHARACTERISTICS[name].service === 'roller');
const PUSHED: ReadonlySet<string> = new Set(['notify', 'indicate']);
const NAME_BYTES = 29;
const ADVISED_MTU = 247;
const ATT_BYTES = 3;

/** The characteristics of the protocol that the roller has. */
const known = ({ evidence }: Case): readonly (readonly [CharacteristicName, FoundCharacteristic])[] =>
  NAMES.flatMap((name) => {
    const found = evidence.characteristics.find(({ uuid }) => uuid === CHARACTERISTICS[name].uuid);
    return found ? [[name, found] as const] : [];
  });

/** Bytes of the longest frame at the rates of an info value. */
export const longestFrame = ({ samplesPerFrame, imuRateMilliHz, pressureRateMilliHz, cells }: RollerInfo): number =>
  streamFrameBytes(samplesPerFrame, Math.ceil((samplesPerFrame * pressureRateMilliHz) / imuRateMilliHz), cells.length);

export const GATT_CHECKS: readonly Check[] = [
  {
    id: 'gatt/characteristics',
    section: 2,
    expected: `${REQUIRED.join(', ')} in the Roller service; battery and texts, where offered, in theirs`,
    judge: (given) => {
      const found = known(given);
      const missing = REQUIRED.filter((name) => !found.some(([has]) => has === name));
      const misplaced = found.filter(([name, { service }]) => service !== SERVICES[CHARACTERISTICS[name].service]);
      return unless(
        [...missing.map((name) => `no ${name}`), ...misplaced.map(([name, { service }]) => `${name} in the service ${service}`)],
        found.map(([name]) => name).join(', '),
      );
    },
  },
  {
    id: 'gatt/properties',
    section: 2,
    expected: 'exactly the properties of the table',
    judge: (given) =>
      unless(
        known(given).flatMap(([name, { properties }]) => {
          const wanted: readonly string[] = CHARACTERISTICS[name].properties;
          const same = properties.length === wanted.length && wanted.every((property) => properties.includes(property));
          return same ? [] : [`${name}: ${properties.join(', ') || 'none'}`];
        }),
        'those',
      ),
  },
  {
    id: 'gatt/configuration',
    section: 2,
    expected: 'a descriptor 0x2902 that reads 0 at the start, on each that notifies or indicates',
    judge: (given) => {
      const pushed = known(given).filter(([, { properties }]) => properties.some((property) => PUSHED.has(property)));
      return unless(
        pushed.flatMap(([name, { configuration }]) => {
          if (configuration === null) return [`${name}: none`];
          return configuration.length === 2 && configuration.every((byte) => byte === 0) ? [] : [`${name}: ${configuration.join(' ') || 'unreadable'}`];
        }),
        `0 on ${pushed.map(([name]) => name).join(', ')}`,
      );
    },
  },
  {
    id: 'gatt/name',
    section: 2,
    expected: `a complete local name of 1 to ${NAME_BYTES} bytes`,
    judge: ({ evidence: { name } }) => {
      if (name === null) return fail('none');
      const bytes = new TextEncoder().encode(name).length;
      return passIf(bytes >= 1 && bytes <= NAME_BYTES, `${JSON.stringify(name)}, ${bytes} bytes`);
    },
  },
  {
    id: 'gatt/mtu-offered',
    section: 3,
    expected: `an MTU of ${ADVISED_MTU} or more`,
    judge: ({ evidence: { mtu } }) => {
      if (mtu === null) return skipped('this system does not tell the MTU');
      return mtu >= ADVISED_MTU ? pass(`${mtu}`) : advice(`${mtu}`);
    },
  },
  {
    id: 'gatt/mtu-at-start',
    section: 3,
    expected: `start refused with mtuTooSmall exactly where the MTU is below ${MIN_MTU} or below ${ATT_BYTES} + the longest frame`,
    judge: ({ evidence: { mtu, exchanges }, info }) => {
      const answered = exchanges.find(({ name }) => name === 'start')?.answers[0];
      const response = answered && decodeResponse(answered.bytes);
      if (mtu === null || info === null || !response?.ok) return skipped('the MTU, the info value or the answer to start is not known');
      const needed = Math.max(MIN_MTU, ATT_BYTES + longestFrame(info));
      const { result } = response.value;
      return passIf((result === 'mtuTooSmall') === mtu < needed, `${result} with ${mtu}, needed ${needed}`);
    },
  },
];
