/** What the options of an analysis do to the state. */

import type { SpecInput } from "nurecoil/analysis";
import type { Changed } from "./change-couplings.ts";
import type { PageState } from "./page-state.ts";

type Option = "convention" | "recoil" | "formFactor" | "dof";

/** Set an option; undefined: the library's own choice. */
export function setOption<Name extends Option>(
  state: PageState,
  name: Name,
  value: NonNullable<SpecInput[Name]> | undefined,
): PageState {
  const { [name]: _, ...rest } = state.spec;
  return { ...state, spec: (value === undefined ? rest : { ...rest, [name]: value }) as SpecInput };
}

/** Levels as shares of probability or in Gaussian standard deviations. */
export type LevelKind = "cl" | "sigma";

/** Levels of each kind that have a button of their own. */
export const usualLevels: Readonly<Record<LevelKind, readonly number[]>> = {
  cl: [0.68, 0.9, 0.95, 0.99],
  sigma: [1, 2, 3],
};

/** The library's own where a spec names none. */
const DEFAULT_LEVELS = [0.9, 0.99];

export function levelsIn({ spec }: PageState): { readonly kind: LevelKind; readonly levels: readonly number[] } {
  if (spec.sigma !== undefined && spec.sigma !== null) return { kind: "sigma", levels: spec.sigma };
  return { kind: "cl", levels: spec.cl ?? DEFAULT_LEVELS };
}

/** The usual levels of a kind. */
export function setLevelKind(state: PageState, kind: LevelKind): PageState {
  return levelsIn(state).kind === kind ? state : withLevels(state, kind, usualLevels[kind]);
}

/** Show a level or leave it out; one stays. */
export function toggleLevel(state: PageState, level: number): Changed {
  const { kind, levels } = levelsIn(state);
  if (!levels.includes(level)) return withLevels(state, kind, [...levels, level]);
  if (levels.length === 1) return "at least one level stays";
  return withLevels(
    state,
    kind,
    levels.filter((one) => one !== level),
  );
}

function withLevels(state: PageState, kind: LevelKind, levels: readonly number[]): PageState {
  const { cl: _, sigma: __, ...rest } = state.spec;
  const sorted = [...levels].sort((a, b) => a - b);
  return { ...state, spec: kind === "cl" ? { ...rest, cl: sorted } : { ...rest, sigma: sorted } };
}
