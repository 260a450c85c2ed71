/** Convention, recoil, form factor, confidence levels and their degrees of freedom. */

import { conventions, recoils } from "nurecoil/interactions";
import { formFactors } from "nurecoil/nuclei";
import type { Changed } from "../state/change-couplings.ts";
import { levelsIn, setLevelKind, setOption, toggleLevel, usualLevels } from "../state/change-options.ts";
import type { PageState } from "../state/page-state.ts";
import type { Proposals } from "../state/proposals.ts";
import type { Store } from "../state/store.ts";

const conventionText: Readonly<Record<(typeof conventions)[number], string>> = {
  A: "A: as arXiv:1806.07424 prints it",
  B: "B: Hermitian Lagrangian",
};

const recoilText: Readonly<Record<(typeof recoils)[number], string>> = {
  leading: "leading order in T/Eν",
  full: "all orders in T/Eν",
  exact: "exact kinematics",
};

/** Degrees of freedom of levels in a plane where nothing else is asked, as the library has it. */
const PLANE_DOF = 2;

interface AnalysisOptionsProps {
  readonly store: Store;
  readonly proposals: Proposals;
}

export function AnalysisOptions({ store, proposals }: AnalysisOptionsProps) {
  const { spec } = store.state.value;
  const { kind, levels } = levelsIn(store.state.value);
  const propose = (change: (state: PageState) => Changed): void => void proposals.make("options", change);
  const own = typeof spec.formFactor === "object" && spec.formFactor !== null;
  return (
    <div class="options">
      <label>
        <span>Convention</span>
        <select
          value={spec.convention ?? "B"}
          onChange={({ currentTarget }) => {
            const chosen = conventions.find((one) => one === currentTarget.value);
            propose((state) => setOption(state, "convention", chosen));
          }}
        >
          {conventions.map((one) => (
            <option key={one} value={one}>
              {conventionText[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Recoil</span>
        <select
          value={spec.recoil ?? "full"}
          onChange={({ currentTarget }) => {
            const chosen = recoils.find((one) => one === currentTarget.value);
            propose((state) => setOption(state, "recoil", chosen));
          }}
        >
          {recoils.map((one) => (
            <option key={one} value={one}>
              {one}: {recoilText[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Form factor</span>
        <select
          value={own ? "given" : typeof spec.formFactor === "string" ? spec.formFactor : ""}
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.value;
            if (chosen !== "given")
              propose((state) => setOption(state, "formFactor", chosen === "" ? undefined : chosen));
          }}
        >
          <option value="">of the experiment</option>
          {own && <option value="given">with radii of its own</option>}
          {Object.keys(formFactors).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="levels">
        <legend>Confidence levels</legend>
        <span class="segments">
          {(["cl", "sigma"] as const).map((one) => (
            <button
              type="button"
              key={one}
              aria-pressed={kind === one}
              aria-label={one === "cl" ? "%: levels in per cent" : "σ: levels in standard deviations"}
              onClick={() => propose((state) => setLevelKind(state, one))}
            >
              {one === "cl" ? "%" : "σ"}
            </button>
          ))}
        </span>
        {[...new Set([...usualLevels[kind], ...levels])]
          .sort((a, b) => a - b)
          .map((level) => (
            <button
              type="button"
              key={level}
              class="chip"
              aria-pressed={levels.includes(level)}
              onClick={() => propose((state) => toggleLevel(state, level))}
            >
              {kind === "cl" ? `${Number((100 * level).toPrecision(6))} %` : `${level} σ`}
            </button>
          ))}
      </fieldset>
      <fieldset class="levels" title="In a plane; an interval of one coupling has 1 degree of freedom">
        <legend>Levels of the plane for</legend>
        <span class="segments">
          {([1, 2] as const).map((one) => (
            <button
              type="button"
              key={one}
              aria-pressed={(spec.dof ?? PLANE_DOF) === one}
              aria-label={`${one} ${one === 1 ? "degree" : "degrees"} of freedom`}
              onClick={() => propose((state) => setOption(state, "dof", one === PLANE_DOF ? undefined : one))}
            >
              {one}
            </button>
          ))}
        </span>
        <span>degrees of freedom</span>
      </fieldset>
    </div>
  );
}
