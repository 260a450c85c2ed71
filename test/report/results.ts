/** Results that reports are made of: small analyses of shipped experiments, each computed once. */
import {
  fit,
  impacts,
  type ProfileResult,
  parseSpec,
  predict,
  prepare,
  region,
  type SpecInput,
  scan,
} from "../../src/analysis/index.ts";
import { shippedLibrary } from "../../src/node/index.ts";

const library = shippedLibrary();
const prepared = (spec: SpecInput) => prepare(parseSpec(spec), library);
const csi = "coherent-csi-2017";

const withImpacts = prepared({ experiments: ["coherent-csi-2021"], free: ["R_n_CsI"], sigma: [1] });

/** Made up: a point without an answer, an end that is not closed. */
const profile: ProfileResult = {
  format: "nurecoil/profile/1",
  version: "0.0.0",
  spec: prepared({ experiments: [csi], free: ["xi_V", "xi_S"] }).spec,
  notes: [],
  parameter: "xi_V",
  values: [-1, 0, 1],
  chi2: [4.5, null, 7],
  profiled: { xi_S: [0.25, null, -0.5] },
  minimum: { chi2: 3, parameters: { xi_V: -0.1, xi_S: 0.3 } },
  minima: [{ chi2: 3, parameters: { xi_V: -0.1, xi_S: 0.3 }, status: "converged" }],
  levels: [
    {
      cl: 0.9,
      deltaChi2: 2.7,
      dof: 1,
      segments: [
        [null, -1.6],
        [-0.3, 0.2],
      ],
    },
  ],
};

export const results = {
  /** Two levels with a hole each. */
  region: region(prepared({ experiments: [csi], plane: ["xi_S", "xi_V"], cl: [0.9, 0.99] })),
  /** Reaches its window. */
  open: region(
    prepared({ experiments: [csi], plane: ["xi_S", "xi_V"], cl: [0.9], ranges: { xi_S: [-0.5, 0.5], xi_V: [-1, 1] } }),
  ),
  /** Several minima, an interval of two segments, Asimov data, two experiments. */
  fit: fit(
    prepared({
      experiments: [csi, { id: "coherent-lar-2020", data: "asimov" }],
      free: ["xi_V"],
      sigma: [1, 2],
      parameters: { xi_S: 1e-7 },
      truth: { xi_V: 0.1 },
    }),
  ),
  /** One end outside the range. */
  openFit: fit(prepared({ experiments: [csi], free: ["xi_V"], ranges: { xi_V: [-0.3, 1] }, cl: [0.9] })),
  impacts: { ...fit(withImpacts), impacts: [...impacts(withImpacts)] },
  flat: fit(prepared({ experiments: [csi], free: ["C_S_u", "C_S_d"] })),
  scan: scan(
    prepared({
      experiments: [csi],
      grid: [
        { name: "xi_V", low: -1, high: 1, n: 3 },
        { name: "xi_T", low: 0, high: 1, n: 2 },
      ],
      profile: ["xi_S"],
    }),
  ),
  predict: predict(prepared({ experiments: [csi] })),
  /** Poisson data on two axes. */
  poisson: predict(prepared({ experiments: [`${csi}@release`] })),
  /** Nothing observed yet. */
  projection: predict(prepared({ experiments: [{ id: "sbc-lar100-laguna", set: { mass: "50 kg" } }] })),
  profile,
};
