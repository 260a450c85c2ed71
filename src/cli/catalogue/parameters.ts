/** Parameters: couplings with their flavoured forms, and the nuisances of the experiments of the package. */

import { validityNotes } from "../../analysis/notes.ts";
import { defaultRange } from "../../analysis/parameters.ts";
import { nominalRadius, radiusName } from "../../analysis/radii.ts";
import { sin2ThetaW } from "../../constants.ts";
import { buildExperiment, type Experiment } from "../../experiments/build.ts";
import type { NuisanceDeclaration } from "../../experiments/nuisance-schema.ts";
import { leptons } from "../../flux/flavour.ts";
import { type Coupling, couplings, readCouplingName } from "../../interactions/couplings.ts";
import { listShippedExperiments, readShipped } from "../../node/experiment-folder.ts";
import { findIsotope } from "../../nuclei/isotopes.ts";
import { couplingSources } from "../../report/citations.ts";
import { blocks, columns, notes } from "../../report/columns.ts";
import { significant } from "../../report/numbers.ts";
import type { Entry, Section } from "./entry.ts";
import { sourceText } from "./sources.ts";

export const parameters: Section = {
  name: "parameters",
  entries: () => [...couplings.map((one) => couplingEntry(one.name, one)), ...radiusEntries(), ...nuisanceEntries()],
  find: (id) => {
    const read = readCouplingName(id);
    return read && couplingEntry(id, read.coupling);
  },
};

/** Neutron radii of the targets of the package. */
function radiusEntries(): readonly Entry[] {
  const targets = new Map(shippedExperiments().map((one) => [radiusName(one), one]));
  return [...targets].map(([id, experiment]): Entry => {
    const nominal = nominalRadius(experiment, { model: experiment.file.defaults.formFactor });
    const summary = `mean neutron rms radius of ${experiment.material.formula}, fm: one shift for all its isotopes`;
    const facts = [
      ["nominal", `${significant(nominal)} fm (${experiment.file.defaults.formFactor})`],
      ["in place of", "the pull on the neutron radius, where the experiment has one"],
    ];
    return {
      id,
      summary,
      text: () => blocks(`${id}: ${summary}`, columns(facts, "<<")),
      data: () => ({ name: id, unit: "fm", nominal, description: summary }),
      sources: () => [],
    };
  });
}

function couplingEntry(id: string, coupling: Coupling): Entry {
  const { name, level, currents, flavoured, description } = coupling;
  const forms = flavoured ? leptons.map((lepton) => `${name}_${lepton}`) : [];
  const flavour = id === name ? undefined : id.slice(name.length + 1);
  const ranges = (): [string, readonly [number, number]][] =>
    shippedExperiments().map((one) => [one.id, defaultRange(id, [one], {})]);
  const sources = couplingSources(coupling);
  // On a nucleus with spin and on one without, where they differ.
  const validity = validityNotes(
    { convention: "B", recoil: "full" },
    ["133Cs", "40Ar"].map(findIsotope),
    new Set([id]),
  ).slice(1);
  return {
    id,
    summary: description,
    text: () =>
      blocks(
        `${id}: ${description}${flavour === undefined ? "" : `; acts on nu_${flavour} and its antineutrino only`}`,
        columns(
          [
            ["level", level],
            ...(currents.length === 0 ? [] : [["current", currents.join(", ")]]),
            ...(coupling.name === "sin2_theta_w" ? [["default", `${sin2ThetaW.value} ± ${sin2ThetaW.sigma}`]] : []),
            ...(forms.length === 0 ? [] : [["per flavour", forms.join(", ")]]),
            ...ranges().map(([experiment, [low, high]]) => [
              "search range",
              `[${significant(low)}, ${significant(high)}] with ${experiment}`,
            ]),
          ],
          "<<",
        ),
        notes(validity),
        sourceText(sources),
      ),
    data: () => ({ ...coupling, forms, notes: validity, searchRanges: Object.fromEntries(ranges()) }),
    sources: () => sources,
  };
}

/** Value, constraint and effect of a nuisance. @param declared undefined for the CEvNS normalisation */
function factsOf(one: Experiment["nuisances"][number], declared: NuisanceDeclaration | undefined): string[][] {
  const effect =
    declared?.kind === "shape"
      ? ["moves", `shape of ${declared.components.join(", ")}`]
      : declared?.kind === "onset"
        ? ["moves", "arrival of the neutrinos"]
        : ["scales", one.components.join(", ")];
  if (one.kind === "flat") {
    const [low, high] = one.bounds ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    return [["value", `in ${one.unit}, 0 is nominal`], ["constraint", `none between ${low} and ${high}`], effect];
  }
  const unit = one.kind === "pull" ? "in units of sigma, 0 is nominal" : "a factor, 1 is nominal";
  const prior =
    one.sigma === null
      ? "no constraint"
      : declared?.kind === "shape"
        ? "standard deviation 1"
        : `relative sigma ${Number(one.sigma.toPrecision(4))}`;
  return [["value", unit], ["constraint", prior], effect];
}

function shippedExperiments(): readonly Experiment[] {
  return listShippedExperiments().map((id) => buildExperiment(readShipped(id)));
}

function nuisanceEntries(): readonly Entry[] {
  return listShippedExperiments().flatMap((id) => {
    const parsed = readShipped(id);
    return parsed.file.likelihoods.flatMap((likelihood) =>
      buildExperiment(parsed, likelihood.id).nuisances.map((one): Entry => {
        const name = one.fullName;
        const declared = likelihood.nuisances.find((each) => each.name === one.name);
        const source = declared && parsed.file.sources[declared.source];
        const sources = source === undefined ? [] : [source];
        return {
          id: name,
          summary: `${one.description} (${id}@${likelihood.id})`,
          text: () =>
            blocks(
              `${name}: ${one.description}`,
              columns([["likelihood", `${id}@${likelihood.id}`], ...factsOf(one, declared)], "<<"),
              sourceText(sources),
            ),
          data: () => ({ ...one, experiment: id, likelihood: likelihood.id }),
          sources: () => sources,
        };
      }),
    );
  });
}
