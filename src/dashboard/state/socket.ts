import type { ClientMessage, ServerMessage } from '../../server/wire.ts';

/** Where the page stands with the companion: this is the page's own link, not the roller's. */
export type SocketState = { readonly at: 'connecting' } | { readonly at: 'open' } | { readonly at: 'waiting'; readonly retryAtMs: number };

/** What the client needs of a WebSocket and of time; a test brings its own. */
export interface SocketPort {
  open(handlers: { onOpen: () => void; onText: (text: string) => void; onClose: () => void }): { send(text: string): void; close(): void };
  nowMs(): number;
  later(ms: number, run: () => void): () => void;
}

export interface CompanionSocket {
  send(message: ClientMessage): boolean;
  close(): void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;
/** The service sends twenty snapshots a second: one that is silent this long is gone, whatever TCP believes. */
const SILENCE_MS = 5_000;

/** A WebSocket that comes back: each failure doubles the wait, up to 8 s; a message heard resets it. */
export function connectCompanion(
  port: SocketPort,
  handlers: { onState: (state: SocketState) => void; onMessage: (message: ServerMessage) => void },
): CompanionSocket {
  let retryMs = FIRST_RETRY_MS;
  let closed = false;
  let socket: ReturnType<SocketPort['open']> | null = null;
  let cancelTimer = (): void => undefined;

  const watchSilence = (): void => {
    cancelTimer();
    cancelTimer = port.later(SILENCE_MS, () => socket?.close());
  };

  const dial = (): void => {
    handlers.onState({ at: 'connecting' });
    let ended = false;
    const dialled = port.open({
      onOpen: () => {
        handlers.onState({ at: 'open' });
        watchSilence();
      },
      onText: (text) => {
        const message = readMessage(text);
        if (message === null || socket !== dialled) return;
        retryMs = FIRST_RETRY_MS;
        watchSilence();
        handlers.onMessage(message);
      },
      onClose: () => {
        if (ended || closed) return;
        ended = true;
        socket = null;
        cancelTimer();
        handlers.onState({ at: 'waiting', retryAtMs: port.nowMs() + retryMs });
        cancelTimer = port.later(retryMs, dial);
        retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
      },
    });
    socket = dialled;
    watchSilence();
  };

  dial();
  return {
    send(message) {
      if (socket === null) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      closed = true;
      cancelTimer();
      socket?.close();
    },
  };
}

/** The service is of the same origin and version, so its messages are not checked field by field; noise is ignored. */
function readMessage(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerMessage) : null;
  } catch {
    return null;
  }
}
