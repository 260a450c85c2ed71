// Statistical models of any size, with nothing of physics in them.

/** Numbers between 0 and 1 that follow no pattern, the same in every run. */
function sequence() {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * Blocks of cells with a signal quadratic in two couplings, and one background per pull besides the signal's. The pull
 * of the signal is shared by all blocks; data are what is expected without couplings, rounded.
 * @param cells of each block
 * @param pulls of each block, at least 1
 */
export function syntheticModel({ cells, pulls, blocks = 1, statistics = "poisson" }) {
  const random = sequence();
  const list = (low, high) => Float64Array.from({ length: cells }, () => low + (high - low) * random());
  const signal = { name: "signal", kind: "pull", sigma: 0.2 };
  const backgrounds = Array.from({ length: blocks }, (_, b) =>
    Array.from({ length: pulls - 1 }, (_, k) => ({
      name: `background-${b}-${k}`,
      kind: "pull",
      sigma: 0.1 + 0.2 * random(),
    })),
  );
  return {
    couplings: ["a", "b"],
    nuisances: [signal, ...backgrounds.flat()],
    blocks: Array.from({ length: blocks }, (_, b) => {
      const own = backgrounds[b].map(({ name }) => ({
        name,
        flavour: null,
        nuisances: [name],
        terms: [{ left: 0, right: 0, counts: list(1, 8) }],
      }));
      const constant = list(5, 20);
      const observed = constant.map((count, i) =>
        Math.round(own.reduce((sum, { terms }) => sum + terms[0].counts[i], count) + 2 * (random() - 0.5)),
      );
      const terms = [
        { left: 0, right: 0, counts: constant },
        { left: 0, right: 1, counts: list(2, 6) },
        { left: 0, right: 2, counts: list(2, 6) },
        { left: 1, right: 1, counts: list(2, 6) },
        { left: 1, right: 2, counts: list(-0.5, 0.5) },
        { left: 2, right: 2, counts: list(2, 6) },
      ];
      const cevns = { name: "signal", flavour: null, nuisances: ["signal"], terms };
      return {
        id: `block-${b}`,
        statistics,
        observed,
        sigma: observed.map((n) => Math.sqrt(n + 1)),
        components: [cevns, ...own],
      };
    }),
  };
}
