import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAttServer } from '../../simulators/radio/att-server.ts';
import { ATT, wantsAnswer } from '../../simulators/radio/att.ts';
import { Controller, type Medium } from '../../simulators/radio/controller.ts';
import { ACL_BYTES, fromHost } from '../../simulators/radio/host-interface.ts';
import { BOUNDARY, command, parseAcl } from '../../simulators/radio/hci.ts';
import { createReassembler, fragment } from '../../simulators/radio/l2cap.ts';
import { ROLLER_PROFILE } from '../../simulators/radio/profile.ts';
import { seededRandom } from '../../simulators/radio/random.ts';

/** Whatever comes over the wire, nothing throws, hangs or grows. */

const bytes = (maxLength: number): fc.Arbitrary<Buffer> => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

test('a controller takes any packets of its host', () => {
  const opCodes = [0x0406, 0x0c03, 0x1405, 0x2006, 0x2008, 0x2009, 0x200a, 0x200b, 0x200c, 0x200d, 0x200e, 0x2013];
  const likely = fc.tuple(fc.constantFrom(...opCodes), bytes(40)).map(([opCode, parameters]) => command(opCode, parameters));
  fc.assert(fc.property(fc.array(fc.oneof(bytes(60), likely), { maxLength: 20 }), (packets) => {
    const medium: Medium = { controllers: new Set(), random: seededRandom(1), lossRatio: 0, packetsPerEvent: 6 };
    const controller = new Controller(medium, { address: 'c0:00:00:00:00:01', rssiDbm: -50 });
    for (const packet of packets) fromHost(controller, packet);
    controller.close();
    expect(medium.controllers.size).toBe(0);
  }));
});

test('an attribute server answers any request once, in the MTU, and nothing else', () => {
  const opCodes = fc.constantFrom(...Object.values(ATT), 0x16, 0x18, 0x20, 0x7e, 0xd2);
  const request = fc.tuple(opCodes, bytes(30)).map(([opCode, rest]) => Buffer.from([opCode, ...rest]));
  fc.assert(fc.property(fc.array(fc.oneof(request, bytes(40)), { maxLength: 20 }), (pdus) => {
    const sent: Buffer[] = [];
    const server = createAttServer({ refusal: () => null, read: () => Buffer.alloc(232), write: () => () => undefined, subscribed: () => undefined, send: (pdu) => sent.push(pdu) }, ROLLER_PROFILE, 247);
    for (const pdu of pdus) {
      sent.length = 0;
      const mtuBefore = server.mtu;
      server.receive(pdu);
      const wanted = pdu.length > 0 && wantsAnswer(pdu[0]!);
      expect(sent).toHaveLength(wanted ? 1 : 0);
      if (wanted) expect(sent[0]!.length).toBeLessThanOrEqual(Math.max(mtuBefore, server.mtu));
    }
  }), { numRuns: 500 });
});

test('a payload cut into packets is the same when it is put together again', () => {
  fc.assert(fc.property(bytes(517), fc.integer({ min: 5, max: ACL_BYTES }), (payload, maxBytes) => {
    const reassemble = createReassembler();
    const packets = fragment(0x41, 4, payload, maxBytes).map((packet) => parseAcl(packet)!);
    expect(packets[0]!.boundary).toBe(BOUNDARY.firstFromHost);
    for (const { boundary } of packets.slice(1)) expect(boundary).toBe(BOUNDARY.continuing);
    const frames = packets.map(({ boundary, data }) => reassemble(boundary, data));
    expect(frames.slice(0, -1).every((frame) => frame === null)).toBe(true);
    expect(frames.at(-1)).toEqual({ channel: 4, payload });
  }));
});

test('a frame that is too long, cut off or continues nothing is left out, and the next one is read', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), bytes(60)), { maxLength: 20 }), bytes(30), (junk, payload) => {
    const reassemble = createReassembler();
    for (const [first, data] of junk) reassemble(first ? BOUNDARY.firstFromController : BOUNDARY.continuing, data);
    const [packet] = fragment(1, 4, payload, ACL_BYTES);
    expect(reassemble(BOUNDARY.firstFromController, parseAcl(packet!)!.data)).toEqual({ channel: 4, payload });
  }));
});
