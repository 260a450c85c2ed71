/** What a reader wants to know of an experiment, out of its file. */

import type { Experiment, Source } from "nurecoil/experiments";
import { availableChoices, type ChoiceOption, usedInputs } from "nurecoil/experiments";

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
}

/** @param experiment built with the settings of the user: inputs are the released ones, what is set is set elsewhere */
export function factsOf({ file, id, likelihood, declaration, statistics, axes, observed }: Experiment): Facts {
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
  };
}

function addressOf({ doi, arxiv }: Source): string | null {
  if (doi !== undefined) return `https://doi.org/${doi}`;
  return arxiv === undefined ? null : `https://arxiv.org/abs/${arxiv}`;
}
