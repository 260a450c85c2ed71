/** Other bins for a likelihood: what if the cells were cut elsewhere? */

import type { ExperimentLibrary } from "../analysis/prepare.ts";
import { NurecoilError, suggestion } from "../errors.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";

type EdgesByAxis = Readonly<Record<string, readonly number[]>>;

/**
 * A library whose experiments have other edges on some axes of every likelihood.
 * @param edges by experiment and axis, in the unit of the axis
 * @throws NurecoilError (file) when loading an experiment without an axis of that name
 */
export function withEdges(library: ExperimentLibrary, edges: Readonly<Record<string, EdgesByAxis>>): ExperimentLibrary {
  return {
    ids: library.ids,
    load: (id) => {
      const parsed = library.load(id);
      const asked = edges[parsed.file.id];
      return asked === undefined ? parsed : replaced(parsed, asked);
    },
  };
}

function replaced(parsed: ParsedExperiment, edges: EdgesByAxis): ParsedExperiment {
  const likelihoods = parsed.file.likelihoods.map((likelihood) =>
    likelihood.statistics === "projection"
      ? likelihood
      : {
          ...likelihood,
          axes: likelihood.axes.map((axis) => ({ ...axis, edges: [...(edges[axis.name] ?? axis.edges)] })),
        },
  );
  const names = likelihoods.flatMap((one) => (one.statistics === "projection" ? [] : one.axes.map(({ name }) => name)));
  const unknown = Object.keys(edges).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new NurecoilError(
      "file",
      unknown.map((name) => ({
        message: `${parsed.file.id} has no axis "${name}"`,
        hint: suggestion(name, [...new Set(names)]),
      })),
    );
  }
  return { ...parsed, file: { ...parsed.file, likelihoods } };
}
