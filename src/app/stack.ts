interface Closable {
  close(): unknown;
}

/** What was opened, each upon the one before: it is closed the other way round. */
export interface Stack {
  /** Gives back what it is given. */
  add<T extends Closable>(opened: T): T;
  close(): Promise<void>;
}

export function createStack(): Stack {
  const open: Closable[] = [];
  return {
    add(opened) {
      open.push(opened);
      return opened;
    },
    async close() {
      for (const each of open.splice(0).toReversed()) await each.close();
    },
  };
}
