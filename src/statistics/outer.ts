/** Rows spread over bins: cell = row x width + bin, from an offset on. */

/** Add weight x rows[r] x shares[j] to every cell. */
export function addProduct(
  rows: Float64Array,
  shares: Float64Array,
  weight: number,
  offset: number,
  target: Float64Array,
): void {
  const width = shares.length;
  if (width === 1) {
    const only = weight * shares[0]!;
    for (let r = 0; r < rows.length; r++) target[offset + r]! += only * rows[r]!;
    return;
  }
  for (let r = 0; r < rows.length; r++) {
    const value = weight * rows[r]!;
    for (let j = 0; j < width; j++) target[offset + r * width + j]! += value * shares[j]!;
  }
}

/** Sum over bins of weights x shares for every row, written to `out`. */
export function sumOverBins(
  weights: Float64Array,
  offset: number,
  shares: Float64Array,
  out: Float64Array,
): Float64Array {
  const width = shares.length;
  for (let r = 0; r < out.length; r++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += weights[offset + r * width + j]! * shares[j]!;
    out[r] = sum;
  }
  return out;
}
