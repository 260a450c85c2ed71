import { buildExperiment } from "../../src/experiments/build.ts";
import { readShipped } from "../../src/node/experiment-folder.ts";
import { foldSignal } from "../../src/prediction/signal.ts";

/** The shipped experiment with the likelihood of arXiv:1806.07424, its integrals done with the paper's form factor. */
export const experiment = buildExperiment(readShipped("coherent-csi-2017"), "paper");
export const folded = foldSignal(experiment, { formFactor: { model: "helm" } }).map(({ nominal }) => nominal);
