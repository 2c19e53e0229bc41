import { EventEmitter } from 'node:events';
import type { Controller } from './controller.ts';
import { fromHost } from './host-interface.ts';

/** The socket through which a Bluetooth stack in JavaScript speaks H4 to its adapter: events `data` (one whole packet) and `error`. */
export interface HciSocket extends EventEmitter {
  setFilter(filter: Buffer): void;
  bindRaw(deviceId?: number): number;
  bindUser(deviceId?: number): number;
  bindControl(): number;
  start(): void;
  stop(): void;
  isDevUp(): boolean;
  write(packet: Buffer): void;
}

/** Such a socket whose adapter is a virtual controller. */
export class VirtualHciSocket extends EventEmitter implements HciSocket {
  readonly #controller: Controller;

  constructor(controller: Controller) {
    super();
    this.#controller = controller;
  }

  start(): void {
    this.#controller.onPacket = (packet) => this.emit('data', packet);
  }

  stop(): void {
    this.#controller.onPacket = () => undefined;
  }

  isDevUp(): boolean {
    return this.#controller.powered;
  }

  write(packet: Buffer): void {
    fromHost(this.#controller, packet);
  }

  /** The kernel's own matters: there is one adapter, and every packet is wanted. */
  setFilter(): void {}
  bindRaw(): number { return 0; }
  bindUser(): number { return 0; }
  bindControl(): number { return 0; }

  /** The adapter is pulled out, or turned off. */
  powerOff(): void {
    this.#controller.powerOff();
  }

  powerOn(): void {
    this.#controller.powerOn();
  }
}
