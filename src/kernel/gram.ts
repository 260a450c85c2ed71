/** A Gram form brought to life in plain TypeScript. */

import { denseAt, denseBatch, denseOf, denseRow } from "./gram-dense.ts";
import type { Gram, GramForm } from "./gram-form.ts";
import { gridOf } from "./gram-grid.ts";
import { gramDerivatives } from "./gram-point.ts";
import { sparseBatch } from "./gram-sparse.ts";

/** The reference, and what runs where there is no WebAssembly. */
export function plainGram(form: GramForm): Gram {
  const { variables } = form;
  const derivatives = gramDerivatives(form);
  const list = (length: number): Float64Array => new Float64Array(length);
  const dense = denseOf(form);
  if (dense === undefined) {
    const batch = sparseBatch(form);
    return { form, value: pointwise(variables, batch), ...derivatives, batch, grid: gridOf(batch), list };
  }
  const single = variables === 1;
  return {
    form,
    value: single ? (x) => denseAt(dense, 0, x[0]!) : (x) => denseAt(dense, x[0]!, x[1]!),
    ...derivatives,
    batch: single
      ? ([ys], out) => denseRow(dense, 0, ys!, out, 0)
      : ([xs, ys], out) => denseBatch(dense, xs!, ys!, out),
    grid: ([xs, ys], out) => {
      if (single) denseRow(dense, 0, xs!, out, 0);
      else for (let i = 0; i < xs!.length; i++) denseRow(dense, xs![i]!, ys!, out, i * ys!.length);
    },
    list,
  };
}

/** A batch of one. */
function pointwise(variables: number, batch: Gram["batch"]): Gram["value"] {
  const xs = Array.from({ length: variables }, () => new Float64Array(1));
  const out = new Float64Array(1);
  return (x) => {
    for (let i = 0; i < variables; i++) xs[i]![0] = x[i]!;
    batch(xs, out);
    return out[0]!;
  };
}
