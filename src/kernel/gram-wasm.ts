/**
 * The batches of a Gram form in WebAssembly: the same operations as in plain TypeScript, two points at a time. Lists
 * that lie in its memory are worked on where they are, others are copied in and out block by block.
 */

import { plainGram } from "./gram.ts";
import { type DenseForm, denseOf } from "./gram-dense.ts";
import type { Gram, GramForm } from "./gram-form.ts";
import { gridOf } from "./gram-grid.ts";
import { gramWasm } from "./gram-wasm.generated.ts";
import { wasmModule } from "./wasm.ts";

/** Addresses are bytes; what each does is in `assembly/gram.ts`. */
interface GramExports {
  readonly quartics: (c: number, n: number, xs: number, ys: number, out: number) => void;
  readonly ratios: (c: number, n: number, xs: number, ys: number, base: number, mask: number, out: number) => void;
  /** c, systems, constant, x, n, ys, out, room */
  readonly row: (...numbers: readonly number[]) => void;
  /** groups, monomials, systems, largest, xs, parent, factor, sizes, start, monomial, coefficient, room, out */
  readonly sparse: (...numbers: readonly number[]) => void;
}

/** chi^2 of n points whose lists are at the addresses `xs`; n is a multiple of `grain`. */
type Run = (n: number, xs: readonly number[], out: number) => void;

interface Batches {
  readonly grain: number;
  readonly run: (exports: GramExports, memory: ArrayBuffer) => Run;
  /** A row of a grid, if that is faster than points: x, then as `Run`. */
  readonly row?: (exports: GramExports) => (x: number, n: number, ys: number, out: number) => void;
}

/** Points that are copied at once: they stay in the processor's nearest cache. */
const BLOCK = 1024;
const NUMBER = 8;
/** A vector. */
const ALIGNMENT = 16;

/** What lies where in the memory. */
function arena() {
  const contents: { readonly at: number; readonly values: Float64Array | Int32Array }[] = [];
  let size = 0;
  const reserve = (bytes: number): number => {
    const at = size;
    size += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return at;
  };
  return {
    reserve,
    place: (values: Float64Array | Int32Array): number => {
      const at = reserve(values.byteLength);
      contents.push({ at, values });
      return at;
    },
    size: () => size,
    fill: (memory: ArrayBuffer): void => {
      for (const { at, values } of contents) {
        const Numbers = values instanceof Float64Array ? Float64Array : Int32Array;
        new Numbers(memory, at, values.length).set(values);
      }
    },
  };
}

type Arena = ReturnType<typeof arena>;

/**
 * @param room how many numbers `list` can give out before its lists lie elsewhere
 * @returns undefined where there is no WebAssembly, or no memory for it
 */
export function wasmGram(form: GramForm, room = 0): Gram | undefined {
  const module = wasmModule(gramWasm);
  if (module === undefined) return undefined;
  const { variables } = form;
  const plan = arena();
  const dense = denseOf(form);
  const batches = dense === undefined ? sparseBatches(form, plan) : denseBatches(dense, variables, plan);
  const blocks = Array.from({ length: variables }, () => plan.reserve(BLOCK * NUMBER));
  const outBlock = plan.reserve(BLOCK * NUMBER);
  let free = plan.size();
  const end = free + room * NUMBER;
  let instance: ReturnType<typeof module.instance>;
  try {
    instance = module.instance(end);
  } catch {
    return undefined;
  }
  const memory = instance.buffer;
  plan.fill(memory);
  const exports = instance.exports as GramExports;
  const run = batches.run(exports, memory);
  const row = batches.row?.(exports);
  const isHere = (list: Float64Array): boolean => list.buffer === memory;
  const numbers = new Float64Array(memory);
  const copyIn = (list: Float64Array, from: number, to: number, block: number): void =>
    numbers.set(list.subarray(from, to), block / NUMBER);
  const copyOut = (count: number, out: Float64Array, from: number): void =>
    out.set(numbers.subarray(outBlock / NUMBER, outBlock / NUMBER + count), from);

  const batch: Gram["batch"] = (xs, out) => {
    const n = out.length;
    const direct = xs.every(isHere) && isHere(out) ? n - (n % batches.grain) : 0;
    if (direct > 0) {
      run(
        direct,
        xs.map((list) => list.byteOffset),
        out.byteOffset,
      );
    }
    for (let from = direct; from < n; from += BLOCK) {
      const count = Math.min(BLOCK, n - from);
      for (let i = 0; i < variables; i++) copyIn(xs[i]!, from, from + count, blocks[i]!);
      // What fills the last group up is left from earlier, and so is its answer.
      run(Math.ceil(count / batches.grain) * batches.grain, blocks, outBlock);
      copyOut(count, out, from);
    }
  };
  const grid: Gram["grid"] = (axes, out) => {
    if (row === undefined) return gridOf(batch)(axes, out);
    const ys = axes[variables - 1]!;
    const xs = variables === 1 ? Float64Array.of(0) : axes[0]!;
    const width = ys.length;
    const direct = isHere(ys) && isHere(out);
    for (let from = 0; from < width; from += direct ? width : BLOCK) {
      const count = direct ? width : Math.min(BLOCK, width - from);
      if (!direct) copyIn(ys, from, from + count, blocks[variables - 1]!);
      for (let i = 0; i < xs.length; i++) {
        const to = i * width + from;
        if (direct) row(xs[i]!, count, ys.byteOffset, out.byteOffset + to * NUMBER);
        else {
          row(xs[i]!, count, blocks[variables - 1]!, outBlock);
          copyOut(count, out, to);
        }
      }
    }
  };
  return {
    ...plainGram(form),
    batch,
    grid,
    list: (length) => {
      const bytes = Math.ceil((length * NUMBER) / ALIGNMENT) * ALIGNMENT;
      if (free + bytes > end) return new Float64Array(length);
      free += bytes;
      return new Float64Array(memory, free - bytes, length);
    },
  };
}

/** The fastest that there is. Arguments as `wasmGram`. */
export function gramOf(form: GramForm, room = 0): Gram {
  return wasmGram(form, room) ?? plainGram(form);
}

function denseBatches(dense: DenseForm, variables: number, plan: Arena): Batches {
  const { constant, systems, coefficients } = dense;
  const first = coefficients[0]!;
  const base = plan.place(Float64Array.of(first, first));
  const c = plan.place(coefficients);
  const room = plan.reserve(8 * NUMBER);
  const system = (s: number): number => c + (15 + 21 * s) * NUMBER;
  const row =
    ({ row }: GramExports) =>
    (x: number, n: number, ys: number, out: number) =>
      row(c, systems, constant ? 1 : 0, x, n, ys, out, room);
  return {
    grain: 1,
    row,
    run: (exports) => {
      if (variables === 1) {
        const line = row(exports);
        return (n, [ys], out) => line(0, n, ys!, out);
      }
      const { quartics, ratios } = exports;
      return (n, [xs, ys], out) => {
        if (!constant || systems === 0) quartics(c, n, xs!, ys!, out);
        for (let s = 0; s < systems; s++) {
          if (constant && s === 0) ratios(system(s), n, xs!, ys!, base, 0, out);
          else ratios(system(s), n, xs!, ys!, out, -1, out);
        }
      };
    },
  };
}

/** Points of a group of `sparse`. */
const GROUP = 8;

function sparseBatches(form: GramForm, plan: Arena): Batches {
  const { variables, parent, sizes } = form;
  const largest = Math.max(0, ...sizes);
  const lists = plan.reserve(variables * Int32Array.BYTES_PER_ELEMENT);
  const [parents, factors] = [plan.place(parent), plan.place(form.factor)];
  const [systems, start] = [plan.place(sizes), plan.place(form.start)];
  const [monomial, coefficient] = [plan.place(form.monomial), plan.place(form.coefficient)];
  const room = plan.reserve((parent.length + (3 + largest) * (largest + 1)) * GROUP * NUMBER);
  return {
    grain: GROUP,
    run: ({ sparse }, memory) => {
      const addresses = new Int32Array(memory, lists, variables);
      return (n, xs, out) => {
        addresses.set(xs);
        sparse(
          n / GROUP,
          parent.length,
          sizes.length,
          largest,
          lists,
          parents,
          factors,
          systems,
          start,
          monomial,
          coefficient,
          room,
          out,
        );
      };
    },
  };
}
