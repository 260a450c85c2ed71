/** Long calculations in small steps: whoever runs one can report, stop, or let others work in between. */

/**
 * Yields the share done, 0 to 1, every few milliseconds of work; returns the answer. It can be left at any step: what it
 * has begun is its own.
 */
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

/**
 * The same steps as part of a longer calculation; what they yield never falls.
 * @param shareOf share of the whole that is done, from the share of this part
 */
export function* asPart<T>(steps: Steps<T>, shareOf: (share: number) => number): Steps<T> {
  let reached = Number.NEGATIVE_INFINITY;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    reached = Math.max(reached, shareOf(step.value));
    yield reached;
  }
}
