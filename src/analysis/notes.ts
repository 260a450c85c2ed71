/** What a reader of any number must know: validity of the terms in use. */

import { sin2ThetaW } from "../constants.ts";
import { readCouplingName } from "../interactions/couplings.ts";
import type { Isotope } from "../nuclei/isotopes.ts";
import { type ChosenExperiment, overlapsOf } from "./experiments.ts";
import type { AnalysisSpec } from "./spec.ts";

/**
 * Notes on the couplings used with the nuclei hit.
 * @param used names of couplings that are set or free
 * @param idle those of them that nothing depends on
 */
export function validityNotes(
  spec: Pick<AnalysisSpec, "convention" | "recoil">,
  isotopes: readonly Isotope[],
  used: ReadonlySet<string>,
  idle: readonly string[] = [],
): readonly string[] {
  const currents = new Set([...used].flatMap((name) => readCouplingName(name)?.coupling.currents ?? []));
  const names = (chosen: readonly Isotope[]): string => [...new Set(chosen.map((isotope) => isotope.name))].join(", ");
  const spinless = isotopes.filter((isotope) => isotope.spin === 0);
  const spinning = isotopes.filter((isotope) => isotope.spin !== 0);
  const notes = [
    `coupling convention ${spec.convention}${spec.convention === "A" ? " (as printed in arXiv:1806.07424; not Hermitian)" : ""}`,
  ];
  if (currents.has("tensor") || currents.has("interference")) {
    notes.push("the coherent tensor term is the convention of arXiv:1806.07424: a tensor current needs nuclear spin");
    if (spinless.length > 0) {
      notes.push(`for spin-0 nuclei (${names(spinless)}) the analogous structure is suppressed by about 1e-6`);
    }
  }
  if (currents.has("axial")) {
    if (spinning.length > 0) {
      notes.push(
        "xi_A acts by the formula: it gives the axial current the coherence and form factor of the vector one",
      );
    }
    if (spinless.length > 0) notes.push(`xi_A does not act on spin-0 isotopes (${names(spinless)})`);
  }
  if (spec.recoil === "exact" && spinning.some((isotope) => isotope.spin !== 0.5)) {
    notes.push(
      "recoil exact treats every nucleus with spin as spin 1/2; only terms of second order in E_r/E depend on it",
    );
  }
  if (isotopes.some((isotope) => isotope.a === 1)) {
    notes.push("hydrogen is treated as a nucleus: its axial current, which dominates on a free proton, is left out");
  }
  for (const name of idle) notes.push(`nothing here depends on ${name}: ${idleHint(name)}`);
  return notes;
}

/**
 * Notes on the data: which are Asimov data, of what, which inputs were set, what is counted twice.
 * @param replaced pulls that a radius among the parameters stands for
 */
export function dataNotes(
  spec: Pick<AnalysisSpec, "truth" | "uncorrelated">,
  chosen: readonly ChosenExperiment[],
  replaced: readonly string[],
): readonly string[] {
  const truth = Object.entries(spec.truth).map(([name, value]) => `${name} = ${value}`);
  const angle = Object.hasOwn(spec.truth, "sin2_theta_w") ? [] : [`sin2_theta_w = ${sin2ThetaW.value}`];
  const at = [...(truth.length === 0 ? ["the standard model"] : truth), ...angle].join(", ");
  return [
    ...chosen.flatMap(({ experiment, asimov }) => {
      const { id, file, declaration } = experiment;
      if (declaration.statistics !== "projection") return asimov ? [`${id}: Asimov data at ${at}`] : [];
      const inputs = declaration.background.scale.map((name) => {
        const { value, unit } = file.inputs[name]!;
        return `${name} ${value} ${unit}`;
      });
      return [
        `${id}: always Asimov data, at ${at}: there are no measured ones`,
        `${id}: the ${declaration.background.component} is an assumption (${inputs.join(", ")})`,
      ];
    }),
    ...chosen.flatMap(({ experiment, asimov }) =>
      experiment.changed.map(
        ({ name, value, unit, released }) =>
          `${experiment.id}.${name} set to ${value} ${unit} (released: ${released.value} ${released.unit})` +
          `${name === experiment.declaration.exposure ? ": signal and backgrounds scale with it" : ""}` +
          `${asimov ? "" : "; its data are those observed"}`,
      ),
    ),
    ...chosen
      .filter(({ experiment }) => experiment.choices.steadyStateStatistics === "joint")
      .map(({ experiment }) => `${experiment.id}: rows of the steady state are fitted together with their own counts`),
    ...chosen
      .filter(({ experiment }) => experiment.signal.anchor !== null)
      .map(
        ({ experiment }) =>
          `${experiment.id}: signal anchored to ${experiment.signal.anchor} events in the standard model with the released inputs (normalisation=absolute: as predicted)`,
      ),
    ...overlapsOf(chosen.map(({ experiment }) => experiment)).map(
      ([a, b]) => `OVERLAP: ${a} and ${b} hold some of the same events, which count twice here`,
    ),
    ...(spec.uncorrelated ? ["uncorrelated: every experiment has its own flux pull"] : []),
    ...replaced.map((name) => `the neutron radius is a parameter here, in place of the pull ${name}`),
  ];
}

/** Why a coupling does nothing. */
export function idleHint(name: string): string {
  const read = readCouplingName(name);
  if (read?.lepton === "tau") return "no source here makes tau neutrinos";
  if (read?.coupling.currents.some((current) => current === "axial" || current === "pseudoscalar")) {
    if (read.coupling.level !== "quark") return "the target has no isotope with spin";
    // Its square is of second order in the recoil.
    const exact = read.coupling.currents.includes("pseudoscalar") ? " and recoil exact" : "";
    return `this current needs a spinResponse in the spec${exact}`;
  }
  return "choose another parameter: nurecoil list parameters";
}
