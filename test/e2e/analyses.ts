/** Analyses that the tests open, as addresses. */

/** @returns the part of an address from # on */
export function hashOf(spec: object, at?: object, view?: object): string {
  const part = (name: string, value: object | undefined): string =>
    value === undefined ? "" : `&${name}=${encodeURIComponent(JSON.stringify(value))}`;
  return `#v1=${encodeURIComponent(JSON.stringify(spec))}${part("at", at)}${part("view", view)}`;
}

const cl = [0.68, 0.9, 0.95, 0.99];

/** What the page opens with: two free couplings, one that is set. */
export const csi2017 = {
  experiments: ["coherent-csi-2017"],
  free: ["xi_S", "xi_V"],
  parameters: { xi_T: 0 },
  plane: ["xi_S", "xi_V"],
  cl,
};

export const csi2021 = {
  experiments: ["coherent-csi-2021@poisson"],
  free: ["xi_V_e", "xi_V_mu"],
  plane: ["xi_V_e", "xi_V_mu"],
  cl,
};

/** The combination of all that does not overlap. */
export const combination = {
  ...csi2021,
  experiments: ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson", "sbc-lar10-inin@counts"],
};
