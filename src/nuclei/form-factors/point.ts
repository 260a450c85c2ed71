import type { FormFactorModel } from "./model.ts";

/** Point-like nucleus: F = 1 at every q. The radius it is given does not act. */
export const point: FormFactorModel = {
  id: "point",
  title: "point-like",
  formula: "F(q) = 1",
  source: "definition",
  defaultRadiusFm: () => 0,
  withRadius: () => (q) => (Number.isNaN(q) ? Number.NaN : 1),
};
