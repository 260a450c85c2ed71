import { foldExperiment } from "../../src/analysis/prepare.ts";
import { buildExperiment } from "../../src/experiments/build.ts";
import { readShipped } from "../../src/node/experiment-folder.ts";

/** The shipped experiment with the likelihood of arXiv:1806.07424, its integrals done with the paper's form factor. */
export const experiment = buildExperiment(readShipped("coherent-csi-2017"), "paper");
export const folded = foldExperiment(experiment, { model: "helm" });
