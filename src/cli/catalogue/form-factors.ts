/** Nuclear form factors. */

import { type FormFactorModel, formFactors as registry } from "../../nuclei/form-factors/index.ts";
import { isotopes } from "../../nuclei/isotopes.ts";
import { formFactorSources } from "../../report/citations.ts";
import { blocks, columns } from "../../report/columns.ts";
import { fixed } from "../../report/numbers.ts";
import type { Entry, Section } from "./entry.ts";
import { sourceText } from "./sources.ts";

export const formFactors: Section = {
  name: "form-factors",
  entries: () => Object.values(registry).map(entryOf),
};

function entryOf(model: FormFactorModel): Entry {
  const sources = formFactorSources[model.id] ?? [];
  return {
    id: model.id,
    summary: `${model.title}: ${model.source}`,
    text: () =>
      blocks(
        `${model.id}: ${model.title} form factor, F(0) = 1\n${model.formula}\n${model.source}`,
        `rms radius without further input [fm]\n${columns(radiiOf(model), "<>", "  ")}`,
        sourceText(sources),
      ),
    data: () => ({
      title: model.title,
      source: model.source,
      formula: model.formula,
      defaultRadiiFm: Object.fromEntries(isotopes.map((one) => [one.name, model.defaultRadiusFm(one)])),
    }),
    sources: () => sources,
  };
}

/** One row per element, by its most abundant isotope. */
function radiiOf(model: FormFactorModel): string[][] {
  const common = new Map<string, (typeof isotopes)[number]>();
  for (const one of isotopes) {
    const known = common.get(one.symbol);
    if (known === undefined || one.abundance > known.abundance) common.set(one.symbol, one);
  }
  return [...common.values()].map((one) => [one.name, fixed(model.defaultRadiusFm(one), 3)]);
}
