/** Events until the person interrupts; then throws the signal's reason, so that whoever consumes them cleans up. */
export function* interruptible<T>(events: Iterable<T>, signal: AbortSignal): Generator<T> {
  for (const event of events) {
    signal.throwIfAborted();
    yield event;
  }
}
