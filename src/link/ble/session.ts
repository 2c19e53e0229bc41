import type { ControlRequest } from '../../../firmware-protocol/control.ts';
import type { Clock } from '../../clock.ts';
import type { Driver, GattName, GattSlot, Mounting } from '../drivers/driver.ts';
import type { FrameSource, LinkEvent, RollerIdentity } from '../port.ts';
import { connect, disconnect, lost, watchConnection } from './connection.ts';
import { createControlPoint, withoutControlPoint, type ControlPoint } from './control-point.ts';
import { within } from './deadline.ts';
import { createGatt } from './gatt.ts';
import { discover, listen, type Characteristics } from './gatt-session.ts';
import type { Step } from './link-states.ts';
import type { NobleHandle } from './noble.ts';
import type { NobleCharacteristic, NoblePeripheral } from './noble-port.ts';
import { beat, createPulse, pollRssi, untilSilent, type Pulse } from './streaming.ts';
import type { Target } from './target.ts';

/** Enters a state and runs its work under the deadline of that state. */
export type RunStep = <T>(name: Step, parents: readonly AbortSignal[], work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export interface SessionOptions {
  readonly noble: NobleHandle;
  readonly target: Target;
  readonly driver: Driver;
  readonly mounting: Mounting;
  readonly clock: Clock;
  readonly step: RunStep;
  readonly publish: (event: LinkEvent) => void;
  /** The way to the roller's control point, null when there is none any more. */
  readonly controlled: (control: ControlPoint | null) => void;
  /** The first stream frame is here. */
  readonly streaming: () => void;
  /** It is over, and why; told before the rest is taken down, which may take a second. */
  readonly ended: (reason: unknown) => void;
  readonly closing: AbortSignal;
}

const GOODBYE_MS = 500;

/** One connection, from the connect until nothing of it is left. */
export async function runSession(peripheral: NoblePeripheral, options: SessionOptions): Promise<void> {
  const { noble, target, driver, mounting, clock, step, publish, controlled, streaming, ended, closing } = options;
  const connection = watchConnection(noble.noble, peripheral);
  const { gone } = connection;
  const pulse = createPulse(clock.monotonicS());
  const takeDown: (() => Promise<void> | void)[] = [];
  /** Aborts when it is known that nothing more will come, though the adapter may hold on to the connection for a while. */
  const over = new AbortController();

  const heard = (characteristic: FrameSource, bytes: Uint8Array): void => {
    const arrivalS = clock.monotonicS();
    if (characteristic === driver.stream) beat(pulse, arrivalS);
    publish({ type: 'frame', characteristic, bytes, arrivalS });
  };
  const introduced = (roller: RollerIdentity): void => publish({ type: 'info', roller, arrivalS: clock.monotonicS() });

  /** The roller that is meant; nothing of another one is passed on. */
  const getAcquainted = async (characteristics: Characteristics, signal: AbortSignal): Promise<RollerIdentity> => {
    const { roller, values } = await driver.introduce(createGatt(peripheral, characteristics, withoutControlPoint, signal), mounting);
    if (!target.confirms(peripheral, roller.id)) throw lost(`${roller.name} is another roller (${roller.id})`);
    introduced(roller);
    for (const [name, bytes] of values) heard(name, bytes);
    return roller;
  };

  try {
    await noble.connecting(() => step('connecting', [gone], (signal) => connect(noble.noble, peripheral, signal)));
    const { characteristics, roller } = await step('discovering', [gone], async (signal) => {
      const found = await discover(peripheral, driver, signal);
      return { characteristics: found, roller: await getAcquainted(found, signal) };
    });
    for (const name of pushedBy(driver)) {
      const characteristic = characteristics.get(name);
      if (characteristic) takeDown.push(listen(characteristic, (bytes) => heard(name, bytes)));
    }
    const controlPoint = characteristics.get('control');
    const control = controlPoint ? tellingPulse(createControlPoint(controlPoint, [gone, over.signal]), pulse, clock) : withoutControlPoint;
    controlled(control);
    await step('subscribing', [gone], (signal) => driver.start(createGatt(peripheral, characteristics, control, signal)));
    if (controlPoint) takeDown.unshift(() => sayGoodbye(controlPoint, closing, gone));
    streaming();
    await within(null, 'streaming', [closing, gone], (signal) => Promise.race([
      untilSilent(pulse, clock, () => peripheral.updateRssi(), signal),
      pollRssi(peripheral, (rssiDbm) => introduced({ ...roller, rssiDbm }), signal),
    ]));
  } catch (error) {
    over.abort(error);
    ended(error);
  } finally {
    controlled(null);
    for (const end of takeDown) await end();
    await disconnect(noble, peripheral, closing);
    connection.release();
  }
}

/** Whose notifications and indications become frames. */
const pushedBy = (driver: Driver): FrameSource[] =>
  (Object.entries(driver.characteristics) as [GattName, GattSlot][]).flatMap(([name, { pushed }]) => (pushed && name !== 'settings' ? [name] : []));

/** A stream that was stopped on purpose is not silent, and one that was started again is expected from now on. */
const tellingPulse = (control: ControlPoint, pulse: Pulse, clock: Clock): ControlPoint => async (request: ControlRequest) => {
  const response = await control(request);
  if (response.result === 'success' && request.procedure === 'stop') pulse.running = false;
  if (response.result === 'success' && request.procedure === 'start') Object.assign(pulse, { running: true, lastS: clock.monotonicS() });
  return response;
};

/** Stops a stream before its link is closed; a roller that does not answer is left all the same. */
async function sayGoodbye(control: NobleCharacteristic, closing: AbortSignal, gone: AbortSignal): Promise<void> {
  if (!closing.aborted) return;
  await createControlPoint(control, [gone], GOODBYE_MS)({ procedure: 'stop' }).catch(() => undefined);
}
