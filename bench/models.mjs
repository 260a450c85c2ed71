// Analyses and their statistical models, as the benches take them from the build.
import { built } from "./measure.mjs";

const { parseSpec, prepare } = await built("analysis/index.js");
const { modelOf } = await built("analysis/assemble.js");
const { sin2ThetaW } = await built("constants.js");
const { shippedLibrary } = await built("node/index.js");

const library = shippedLibrary();

/** An analysis with its integrals done. */
export function analysisOf(experiments, free, more = {}) {
  return prepare(parseSpec({ experiments, free, ...more }), library);
}

/** The plane of arXiv:1806.07424 in scalar and vector couplings. */
export const PAPER_PLANE = ["xi_S", "xi_V"];
export const paperA = () => analysisOf(["coherent-csi-2017@paper"], PAPER_PLANE, { convention: "A" });

/** The plane of the Poisson likelihoods. */
export const FLAVOUR_PLANE = ["xi_V_e", "xi_V_mu"];

/** The statistical model of an analysis with couplings free, and the nuisances that it holds. */
export function modelWith(analysis, couplings) {
  const assembled = analysis.experiments.map((experiment, i) => ({
    experiment,
    components: analysis.components[i],
    data: analysis.data[i],
  }));
  const { parameters } = analysis.spec;
  const fixed = { sin2_theta_w: sin2ThetaW.value, ...analysis.radii, ...parameters };
  return {
    model: modelOf(assembled, analysis.nuisances, couplings, fixed),
    held: Object.fromEntries(analysis.held.map((name) => [name, 1])),
  };
}

/** `count` values from one end of a range to the other, both of them in. */
export function spread([low, high], count) {
  return Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / Math.max(count - 1, 1));
}
