import { PROCEDURES } from '../../firmware-protocol/control.ts';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import type { RollerFirmware } from '../../simulators/roller/port.ts';
import { advertise } from '../../src/cli/commands/advertise.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { openPeripheral } from '../../src/peripheral/peripheral.ts';
import { openH4Socket } from './h4-socket.ts';
import { sharedClock, type Report, type Sent } from './report.ts';

/** `smart-roller advertise` on an adapter of btvirt: SOCKET, then its flags. Tells by message what it has sent when it is asked to. */

const [socket = '', ...flags] = process.argv.slice(2);
let sent: Sent[] = [];
let mtu: number | null = null;

/** Notes what the firmware hands over, and when. */
const noted = (firmware: RollerFirmware): RollerFirmware => ({
  ...firmware,
  control: (request, given, nowS) => {
    mtu = given;
    if (request[0] === PROCEDURES.start.opCode) sent = [];
    return firmware.control(request, given, nowS);
  },
  advance: (nowS) => {
    const outputs = firmware.advance(nowS);
    for (const { characteristic, bytes } of outputs) {
      const frame = characteristic === 'stream' ? decodeStream(bytes) : null;
      if (frame?.ok) sent.push({ sequence: frame.value.sequence, atS: sharedClock.monotonicS() });
    }
    return outputs;
  },
});

// The test is over, or was ended: nothing is to stay behind.
process.once('disconnect', () => process.exit());
process.on('message', () => process.send!({ sent, mtu } satisfies Report));
const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort(new Error('SIGINT')));

const line = parseCommandLine(['advertise', ...flags]);
if (line.type !== 'run') throw new Error('no command');
const io = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(`${text}\n`),
  env: {},
  clock: sharedClock,
  interrupted: interruption.signal,
};
const hciSocket = await openH4Socket(socket);
const open: typeof openPeripheral = (options) => openPeripheral({ ...options, firmware: noted(options.firmware), hciSocket });
process.exitCode = await advertise(line.invocation, io, open);
process.disconnect();
