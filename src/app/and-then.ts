/** The same function; `then` follows each call that does not throw. */
export const andThen = <Args extends readonly unknown[], Result>(change: (...args: Args) => Result, then: () => void) =>
  (...args: Args): Result => {
    const result = change(...args);
    then();
    return result;
  };
