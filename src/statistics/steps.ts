/** Long calculations in small steps: whoever runs one can report, stop, or let others work in between. */

/** Yields the share done, 0 to 1, every few milliseconds to seconds of work; returns the answer. */
export type Steps<T> = Generator<number, T>;

/**
 * Run all steps at once.
 * @param onProgress called with every share
 */
export function complete<T>(steps: Steps<T>, onProgress?: (share: number) => void): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value);
  }
}
