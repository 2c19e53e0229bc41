import { expect, test } from 'vitest';
import { CHARACTERISTICS, SERVICES } from '../../firmware-protocol/gatt.ts';
import { collect, type RollerOnBench } from '../../src/conformance/collect.ts';
import { judge } from '../../src/conformance/judge.ts';
import { AppError } from '../../src/errors.ts';

/** A table with the stream alone, which cannot be turned on: as noble has it, nobody answers. */
function deafBench(configuration: Uint8Array | null): RollerOnBench {
  return {
    name: 'Deaf',
    mtu: 247,
    characteristics: [{ service: SERVICES.roller, uuid: CHARACTERISTICS.stream.uuid, properties: ['notify'], configuration }],
    read: () => Promise.resolve(new Uint8Array()),
    subscribe: () => Promise.reject(new AppError('E_LINK_TIMEOUT', 'subscribing to stream took longer than 3 s', 'bring the roller closer')),
    write: () => undefined,
    nowS: () => 0,
    pause: () => Promise.resolve(),
  };
}

const PLAN = { seconds: 1, leftStreaming: false };

test('a characteristic without a configuration descriptor is told, and does not end the check', async () => {
  const finding = judge(await collect(deafBench(null), PLAN)).find(({ id }) => id === 'gatt/configuration');
  expect(finding).toMatchObject({ outcome: 'fail', found: 'stream: none' });
});

test('a descriptor that is there and does not answer is a lost link', async () => {
  await expect(collect(deafBench(new Uint8Array(2)), PLAN)).rejects.toMatchObject({ code: 'E_LINK_TIMEOUT' });
});
