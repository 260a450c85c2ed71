/** Which parameters an analysis uses, whether they go together, and their search ranges. */

import { type Issue, suggestion } from "../errors.ts";
import type { Experiment } from "../experiments/build.ts";
import type { Lepton } from "../flux/flavour.ts";
import {
  type Coupling,
  type Current,
  couplingNames,
  couplings,
  nsiQuarks,
  readCouplingName,
} from "../interactions/couplings.ts";
import { couplingUnit } from "../interactions/generalized.ts";
import { nuclearCoupling, type Quark, type SpinResponse } from "../nuclei/matching.ts";
import { radiusName } from "./radii.ts";

/** Default range of couplings at the level of the nucleus: quark couplings get what makes |xi| this large. */
const XI_RANGE = 5;

/** Every parameter that can be set or freed with the experiments given. */
export function parameterNames(experiments: readonly Experiment[]): readonly string[] {
  return [
    ...couplingNames,
    ...new Set(experiments.map(radiusName)),
    ...new Set(experiments.flatMap((one) => one.nuisances.map((nuisance) => nuisance.fullName))),
  ];
}

/**
 * Issues of a set of parameter names used together: unknown names, a bare name with its flavoured form, two levels of
 * one current.
 */
export function checkNames(names: readonly string[], experiments: readonly Experiment[]): readonly Issue[] {
  const issues: Issue[] = [];
  const valid = parameterNames(experiments);
  const known = new Set(valid);
  const unique = [...new Set(names)];
  for (const name of unique) {
    if (!known.has(name)) issues.push({ message: `unknown parameter "${name}"`, hint: suggestion(name, valid) });
  }
  const used = unique.flatMap((name) => {
    const read = readCouplingName(name);
    return read === undefined ? [] : [{ name, ...read }];
  });
  for (const { name, coupling, lepton } of used) {
    if (lepton !== null && unique.includes(coupling.name)) {
      issues.push({
        message: `"${coupling.name}" stands for all flavours and cannot go with "${name}"`,
        hint: "use one form",
      });
    }
  }
  issues.push(...bothQuarksTwice(used));
  const order = ["nucleus", "quark", "nsi", "standard-model"];
  const byLevel = [...used].sort((a, b) => order.indexOf(a.coupling.level) - order.indexOf(b.coupling.level));
  byLevel.forEach((one, i) => {
    for (const other of byLevel.slice(i + 1)) {
      if (!areTwoLevels(one.coupling, other.coupling)) continue;
      const nsi = other.coupling.level === "nsi";
      issues.push({
        message: `"${one.name}" and "${other.name}" are two levels of the same current`,
        hint: nsi ? "use NSI entries alone" : "use couplings of the nucleus or of quarks, not both",
      });
    }
  });
  return issues;
}

/** NSI entries of u and d alike beside those of one quark, of the same pair of flavours. */
function bothQuarksTwice(used: readonly { readonly name: string }[]): readonly Issue[] {
  const entries = used.map(({ name }) => ({ name, quarks: nsiQuarks(name), pair: name.split("_").at(-1) }));
  return entries
    .filter(({ quarks }) => quarks.length > 1)
    .flatMap((both) =>
      entries
        .filter((one) => one.quarks.length === 1 && one.pair === both.pair)
        .map(
          (one): Issue => ({
            message: `"${both.name}" stands for both quarks and cannot go with "${one.name}"`,
            hint: "use one form",
          }),
        ),
    );
}

/** Couplings of one current at different levels would count the same thing twice. */
function areTwoLevels(a: Coupling, b: Coupling): boolean {
  if (a.level === b.level) return false;
  const [nucleus, other] = a.level === "nucleus" ? [a, b] : [b, a];
  // R is computed from the scalar, pseudoscalar and tensor currents of quarks, so it cannot be given beside any of them.
  const currents: readonly Current[] = nucleus.currents.includes("interference")
    ? ["scalar", "pseudoscalar", "tensor"]
    : nucleus.currents;
  return currents.some((current) => other.currents.includes(current));
}

/** How a coupling is called for a flavour: by its flavoured name where that is used, else by its bare one. */
export function nameResolver(used: ReadonlySet<string>): (coupling: string, lepton: Lepton) => string | undefined {
  return (coupling, lepton) => {
    const flavoured = `${coupling}_${lepton}`;
    if (used.has(flavoured)) return flavoured;
    return used.has(coupling) ? coupling : undefined;
  };
}

/**
 * Default search range. Couplings of the nucleus: [-5, 5]. Quark couplings: so that |xi| <= 5 on every target nuclide.
 * sin^2 theta_W: [0, 1]. Pulls: +-5 sigma, flat ones their bounds. Normalisations: 5 sigma around 1, not below 0; without a prior [0, 5].
 */
export function defaultRange(
  name: string,
  experiments: readonly Experiment[],
  spinResponse: SpinResponse,
): readonly [number, number] {
  const read = readCouplingName(name);
  if (read === undefined) return nuisanceRange(name, experiments);
  if (read.coupling.level === "standard-model") return [0, 1];
  if (read.coupling.level === "nucleus") return [-XI_RANGE, XI_RANGE];
  const perUnit = experiments.flatMap((one) =>
    one.material.nuclides.map(({ isotope }) => Math.abs(xiPerUnit(read.coupling.name, isotope, spinResponse))),
  );
  const largest = Math.max(...perUnit, 0);
  const limit = largest === 0 ? XI_RANGE : XI_RANGE / largest;
  return [-limit, limit];
}

/** xi that one unit of a quark coupling or NSI entry makes on an isotope (sqrt 8 of the tensor included). */
export function xiPerUnit(
  coupling: string,
  isotope: Parameters<typeof nuclearCoupling>[0],
  spinResponse: SpinResponse = {},
): number {
  const known = couplings.find((one) => one.name === coupling);
  const current = known?.currents[0];
  if (current === undefined || current === "interference") return Number.NaN;
  if (known?.level === "nsi") {
    const parts = nsiQuarks(coupling).map((quark) => nuclearCoupling(isotope, "vector", quark));
    return (-2 * parts.reduce((sum, { proton, neutron }) => sum + proton + neutron, 0)) / couplingUnit(isotope);
  }
  const part = nuclearCoupling(isotope, current, coupling.slice(-1) as Quark, spinResponse);
  return ((part.proton + part.neutron) / couplingUnit(isotope)) * (current === "tensor" ? Math.sqrt(8) : 1);
}

function nuisanceRange(name: string, experiments: readonly Experiment[]): readonly [number, number] {
  for (const one of experiments) {
    for (const nuisance of one.nuisances) {
      if (nuisance.fullName !== name) continue;
      if (nuisance.kind === "flat") return nuisance.bounds!;
      if (nuisance.kind === "pull") return [-5, 5];
      return nuisance.sigma === null ? [0, 5] : [Math.max(0, 1 - 5 * nuisance.sigma), 1 + 5 * nuisance.sigma];
    }
  }
  return [-XI_RANGE, XI_RANGE];
}
