/** What follows the pointer happens once per frame of the screen. */

export interface Pace<T> {
  /** Do it at the next frame, with the newest value. */
  readonly soon: (value: T) => void;
  /** Forget what is to be done. */
  readonly stop: () => void;
}

export function perFrame<T>(act: (value: T) => void): Pace<T> {
  let frame = 0;
  let newest: T;
  return {
    soon: (value) => {
      newest = value;
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        act(newest);
      });
    },
    stop: () => {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
