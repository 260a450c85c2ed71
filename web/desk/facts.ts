/** What a reader wants to know of an experiment, out of its file. */

import { constants } from "nurecoil";
import type { Experiment, Source } from "nurecoil/experiments";
import { availableChoices, type ChoiceOption, usedInputs } from "nurecoil/experiments";
import { type Lepton, leptonOf } from "nurecoil/flux";
import { couplings, type StructureForms, structureForms } from "nurecoil/interactions";

/** A number of an experiment with its source, as it is used now. */
export interface FactInput {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** One standard deviation, where the file states one. */
  readonly sigma: number | null;
  readonly source: string;
  readonly note: string | null;
}

export interface Facts {
  readonly id: string;
  readonly likelihood: string;
  /** Nothing was measured yet: its data are always Asimov data. */
  readonly projection: boolean;
  readonly description: string;
  readonly axes: readonly { readonly name: string; readonly unit: string; readonly bins: number }[];
  readonly events: number | null;
  readonly inputs: readonly FactInput[];
  readonly choices: readonly ChoiceOption[];
  /** Nuisances that it has in common with others at its source, whether the analysis lets it or not. */
  readonly shared: readonly string[];
  readonly sources: Readonly<Record<string, { readonly title: string; readonly url: string | null }>>;
  /** Flavours of the neutrinos that arrive. */
  readonly leptons: readonly Lepton[];
  /** Couplings that something here depends on without spin responses, with and without flavour. */
  readonly acting: readonly string[];
}

/** @param experiment built with the settings of the user: inputs are the released ones, what is set is set elsewhere */
export function factsOf(experiment: Experiment): Facts {
  const { file, id, likelihood, declaration, statistics, axes, observed, flux } = experiment;
  const leptons = [...new Set(flux.components.map(({ flavour }) => leptonOf(flavour)))];
  return {
    id,
    likelihood,
    projection: statistics === "projection",
    description: declaration.description,
    axes: axes.map(({ name, unit, edges }) => ({ name, unit, bins: edges.length - 1 })),
    events: statistics === "poisson" ? observed.reduce((sum, count) => sum + count, 0) : null,
    inputs: [...usedInputs(file, declaration).keys()].map((name) => {
      const { value, unit, sigma, source, note } = file.inputs[name]!;
      return { name, value, unit, sigma: sigma ?? null, source, note: note ?? null };
    }),
    choices: availableChoices(declaration),
    shared: declaration.nuisances.flatMap((one) => one.shared ?? []),
    sources: Object.fromEntries(
      Object.entries(file.sources).map(([name, source]) => [name, { title: source.title, url: addressOf(source) }]),
    ),
    leptons,
    acting: actingOn(experiment, leptons),
  };
}

/** A coupling acts where the cross section of a nuclide and a flavour has more terms with it than without. */
function actingOn({ material }: Experiment, leptons: readonly Lepton[]): readonly string[] {
  const acting = new Set<string>();
  for (const { isotope } of material.nuclides) {
    for (const lepton of leptons) {
      const termsWith = (wanted: string | null): number =>
        termsOf(
          structureForms({
            isotope,
            lepton,
            convention: "B",
            nameOf: (name) => (name === wanted ? name : undefined),
            sin2ThetaW: constants.sin2ThetaW.value,
          }),
        );
      const without = termsWith(null);
      for (const { name, flavoured } of couplings) {
        if (termsWith(name) === without) continue;
        acting.add(name);
        if (flavoured) acting.add(`${name}_${lepton}`);
      }
    }
  }
  return [...acting];
}

function termsOf(forms: StructureForms): number {
  return Object.values(forms)
    .flatMap((pieces) => Object.values(pieces))
    .reduce((sum, form) => sum + form.size, 0);
}

function addressOf({ doi, arxiv }: Source): string | null {
  if (doi !== undefined) return `https://doi.org/${doi}`;
  return arxiv === undefined ? null : `https://arxiv.org/abs/${arxiv}`;
}
