/** Puts text into a live region: at most one every 5 s, and of those that had to wait only the last. */
export interface Announcer {
  announce(text: string): void;
}

export interface AnnouncerPort {
  write(text: string): void;
  nowMs(): number;
  later(ms: number, run: () => void): void;
}

const APART_MS = 5_000;

export function createAnnouncer(port: AnnouncerPort): Announcer {
  let lastMs = Number.NEGATIVE_INFINITY;
  let lastText = '';
  let waiting: string | null = null;

  const write = (text: string): void => {
    lastMs = port.nowMs();
    lastText = text;
    port.write(text);
  };

  return {
    announce(text) {
      const waitMs = lastMs + APART_MS - port.nowMs();
      if (waiting !== null) {
        waiting = text;
      } else if (waitMs > 0) {
        waiting = text;
        port.later(waitMs, () => {
          if (waiting !== null && waiting !== lastText) write(waiting);
          waiting = null;
        });
      } else if (text !== lastText) {
        write(text);
      }
    },
  };
}
