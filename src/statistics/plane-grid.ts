/** chi^2 sampled on a square grid over a window of a plane. */

export type Range = readonly [low: number, high: number];
export type Window = readonly [Range, Range];
/** chi^2 at two coordinates, everything else profiled. */
export type PlaneFunction = (a: number, b: number) => number;

export interface Grid {
  readonly window: Window;
  readonly samples: number;
  /** Second parameter outer, first inner: row-major as contours reads it. */
  readonly values: Float64Array;
}

/** Sample a window; `onProgress` hears the share done after each row. */
export function sample(at: PlaneFunction, window: Window, samples: number, onProgress?: (share: number) => void): Grid {
  const values = new Float64Array(samples * samples);
  for (let row = 0; row < samples; row++) {
    const b = coordinate(window[1], row / (samples - 1));
    for (let column = 0; column < samples; column++) {
      values[row * samples + column] = at(coordinate(window[0], column / (samples - 1)), b);
    }
    onProgress?.((row + 1) / samples);
  }
  return { window, samples, values };
}

/** Place at a fraction of a range. */
export function coordinate([low, high]: Range, fraction: number): number {
  return low + fraction * (high - low);
}
