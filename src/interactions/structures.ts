/**
 * The Lorentz structures of the cross section: for each, the shape it has in recoil energy. Every rate is
 *
 *     dsigma/dE_r = G_F^2/(4 pi) m N^2 F^2(q^2) sum_k coefficient_k(couplings) shape_k(t, y),
 *     t = m E_r/(2 E^2),   y = E_r/E
 *
 * with shapes that are polynomials in t and y: this table is the cross section.
 *
 * @source arXiv:1806.07424 eqs. 20 and 30. The `exact` column, and the check of all of them, is the explicit
 * spinor calculation in scripts/reference/cross_section.py: the truncated forms drop O(y^2) and can be negative by
 * that much. The sum is even under neutrino <-> antineutrino except VA and R, odd to all orders in y.
 */

/**
 * `leading`: E << m, no y at all (arXiv:1806.07424 eq. 9); `full`: eqs. 20 and 30; `exact`: a spin-1/2 nucleus without
 * expansion.
 */
export type Recoil = "leading" | "full" | "exact";
export const recoils: readonly Recoil[] = ["leading", "full", "exact"];

/** SS: S^2, PP: P^2, VV: |V|^2, VA: V.A, AA: |A|^2, TT: T^2, R: scalar-tensor interference. */
export type Structure = "SS" | "PP" | "VV" | "VA" | "AA" | "TT" | "R";
export const structures: readonly Structure[] = ["SS", "PP", "VV", "VA", "AA", "TT", "R"];

/** one + t t + y y + yy y^2. */
export interface Shape {
  readonly one: number;
  readonly t: number;
  readonly y: number;
  readonly yy: number;
}

interface StructureShape {
  readonly leading: Partial<Shape>;
  /** Added by `full`. */
  readonly y: number;
  /** Added by `exact` on a nucleus of spin 1/2. */
  readonly yy: number;
  /** Added by `exact` on a nucleus of spin 0, whose scalar and vector currents have no such term. */
  readonly yySpinless: number;
  /** Changes sign for antineutrinos. */
  readonly odd: boolean;
}

const table: Readonly<Record<Structure, StructureShape>> = {
  SS: { leading: { t: 1 }, y: 0, yy: 1 / 4, yySpinless: 0, odd: false },
  PP: { leading: {}, y: 0, yy: 1 / 4, yySpinless: 1 / 4, odd: false },
  VV: { leading: { one: 1, t: -1 }, y: -1, yy: 1 / 2, yySpinless: 0, odd: false },
  VA: { leading: {}, y: 2, yy: -1, yySpinless: -1, odd: true },
  AA: { leading: { one: 1, t: 1 }, y: -1, yy: 1 / 2, yySpinless: 1 / 2, odd: false },
  TT: { leading: { one: 1, t: -1 / 2 }, y: -1, yy: 1 / 4, yySpinless: 1 / 4, odd: false },
  R: { leading: {}, y: -1, yy: 1 / 2, yySpinless: 1 / 2, odd: true },
};

/**
 * Shape of a structure as a polynomial in t and y.
 * @param sign +1 for neutrinos, -1 for antineutrinos
 * @param spin spin of the nucleus: only 0 or not 0 matters, and only for `exact`
 * @example shapeOf("VV", "full", 1, 3.5) is { one: 1, t: -1, y: -1, yy: 0 }
 */
export function shapeOf(structure: Structure, recoil: Recoil, sign: 1 | -1, spin: number): Shape {
  const row = table[structure];
  const odd = row.odd ? sign : 1;
  const exact = recoil === "exact" ? (spin === 0 ? row.yySpinless : row.yy) : 0;
  return {
    one: row.leading.one ?? 0,
    t: row.leading.t ?? 0,
    y: recoil === "leading" ? 0 : odd * row.y,
    yy: odd * exact,
  };
}
