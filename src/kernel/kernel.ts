/** A flat model brought to life: in WebAssembly, or the same loops in TypeScript where that cannot be had. */

import { evaluate, predict } from "./counts.ts";
import { derive } from "./derivatives.ts";
import type { FlatModel } from "./flat.ts";
import type { Ints, Reals } from "./lanes.ts";
import { newtonWasm } from "./newton-wasm.generated.ts";
import { search } from "./search.ts";
import { wasmModule } from "./wasm.ts";

/** See layout.ts for what is where in `p` and `m`; both stay the same arrays. */
export interface Kernel extends FlatModel {
  /** Expected counts of all cells at the unknowns. */
  readonly predict: () => void;
  /** chi^2 at the unknowns, and its derivatives by every expected count. */
  readonly evaluate: () => number;
  /** Gradient (order 1) and Hessian (2) in the free unknowns, at the last evaluation. Returns how many are free. */
  readonly derive: (order: 1 | 2) => number;
  /** Local minimum over the free unknowns from the last evaluation, whose chi^2 is given; returns chi^2. */
  readonly search: (start: number) => number;
}

interface NewtonExports {
  readonly predict: (m: number, p: number) => void;
  readonly evaluate: (m: number, p: number) => number;
  readonly derive: (m: number, p: number, order: number) => number;
  readonly search: (m: number, p: number, start: number) => number;
}

const compiled = wasmModule(newtonWasm);

/** Without WebAssembly: the reference. The model's own arrays are worked on. */
export function plainKernel({ p, m }: { readonly p: Ints; readonly m: Reals }): Kernel {
  return {
    p,
    m,
    predict: () => predict(m, p),
    evaluate: () => evaluate(m, p),
    derive: (order) => derive(m, p, order),
    search: (start) => search(m, p, start),
  };
}

/** In WebAssembly, on a copy of the model; undefined where there is none, or no memory for it. */
export function wasmKernel(flat: FlatModel): Kernel | undefined {
  if (compiled === undefined) return undefined;
  const mAt = Math.ceil(flat.p.byteLength / 16) * 16;
  try {
    const { buffer, exports } = compiled.instance(mAt + flat.m.byteLength);
    const p = new Int32Array(buffer, 0, flat.p.length);
    const m = new Float64Array(buffer, mAt, flat.m.length);
    p.set(flat.p);
    m.set(flat.m);
    const run = exports as NewtonExports;
    return {
      p,
      m,
      predict: () => run.predict(mAt, 0),
      evaluate: () => run.evaluate(mAt, 0),
      derive: (order) => run.derive(mAt, 0, order),
      search: (start) => run.search(mAt, 0, start),
    };
  } catch {
    return undefined;
  }
}

/** The fastest that there is. */
export function kernelOf(flat: FlatModel): Kernel {
  return wasmKernel(flat) ?? plainKernel({ p: flat.p.slice(), m: flat.m.slice() });
}
