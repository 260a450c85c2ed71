// Kinds of jobs for the package's pool of workers: what a bench runs side by side.

/** The kinds, over a build. */
export function kindsOf(dist) {
  const built = (file) => import(new URL(file, dist).href);
  return {
    profiles: async () => {
      const [{ plainKernel, wasmKernel }, at] = await Promise.all([
        built("kernel/kernel.js"),
        built("kernel/layout.js"),
      ]);
      return { open: ({ model, axes, plain }) => profiler(model, axes, plain ? plainKernel : wasmKernel, at) };
    },
    map: async () => {
      const { gramOf } = await built("kernel/gram-wasm.js");
      return {
        open: ({ form, axes, out }) => {
          const gram = gramOf(form);
          return ({ from, to }) => {
            gram.grid([axes[0].subarray(from, to), axes[1]], out.subarray(from * axes[1].length, to * axes[1].length));
          };
        },
      };
    },
  };
}

/**
 * Rows of a plane of two couplings, all nuisances at their best in each point: the search begins at the last answer, in
 * the first point of a row at nominal and half way to the ends of every quantity between bounds.
 * @param model of a refit: two couplings first among its unknowns
 */
function profiler({ flat, active, parameters, outside }, axes, kernelOf, at) {
  const kernel = kernelOf({ p: flat.p.slice(), m: flat.m.slice() });
  if (kernel === undefined) throw new Error("there is no WebAssembly here");
  const { p, m } = kernel;
  const unknowns = p[at.M_UNKNOWNS];
  const nuisances = active.slice(parameters);
  for (const k of nuisances) p[p[at.P_FREE] + k] = 1;
  const places = nuisances.map((k) => unknowns + k);
  const starts = [places.map(() => 0)];
  nuisances.forEach((k, i) => {
    const ends = [m[p[at.M_LOWER] + k], m[p[at.M_UPPER] + k]];
    if (m[p[at.M_CONSTRAINED] + k] !== 0 || !ends.every(Number.isFinite)) return;
    for (const end of ends) starts.push(starts[0].with(i, end / 2));
  });
  const search = () => kernel.search(kernel.evaluate()) + outside;
  const goTo = (values) => {
    for (let i = 0; i < places.length; i++) m[places[i]] = values[i];
  };
  const afresh = () => {
    let lowest = { chi2: Number.POSITIVE_INFINITY };
    for (const start of starts) {
      goTo(start);
      const chi2 = search();
      if (chi2 < lowest.chi2) lowest = { chi2, found: places.map((place) => m[place]) };
    }
    goTo(lowest.found);
    return lowest.chi2;
  };
  return ({ row }) => {
    const [xs, ys] = axes;
    const out = new Float64Array(ys.length);
    m[unknowns + active[0]] = xs[row];
    for (let i = 0; i < ys.length; i++) {
      m[unknowns + active[1]] = ys[i];
      out[i] = i === 0 ? afresh() : search();
      if (p[at.STATUS] !== at.CONVERGED && p[at.STATUS] !== at.AT_EDGE) out[i] = Number.NaN;
    }
    return out;
  };
}
