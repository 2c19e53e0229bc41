/** A yes or no that outlives a reload where the browser allows it, and lasts as long as the page where it does not. */
export interface KeptFlag {
  get(): boolean;
  set(on: boolean): void;
}

export function keptInSession(key: string): KeptFlag {
  let on = attempt(() => sessionStorage.getItem(key) === 'yes') ?? false;
  return {
    get: () => on,
    set(next) {
      on = next;
      attempt(() => (next ? sessionStorage.setItem(key, 'yes') : sessionStorage.removeItem(key)));
    },
  };
}

/** Storage may be forbidden, as in a private window. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
