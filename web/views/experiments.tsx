/** The experiments: any that share no events, each as measured or as expected, together or on their own. */

import { useMemo } from "preact/hooks";
import { ExperimentCard } from "../parts/experiment-card.tsx";
import { Refusal } from "../parts/refusal.tsx";
import { choicesOf } from "../state/analysis-spec.ts";
import { experiments } from "../state/catalogue.ts";
import { setCorrelated } from "../state/change-experiments.ts";
import { aloneBecause } from "../state/common-flux.ts";
import { createProposals } from "../state/proposals.ts";
import type { Store } from "../state/store.ts";

export function Experiments({ store }: { readonly store: Store }) {
  const proposals = useMemo(() => createProposals(store), [store]);
  const { spec } = store.state.value;
  const reason = aloneBecause(
    choicesOf(spec).map(({ id }) => id),
    store.opened.value.value?.facts ?? [],
  );
  const correlated = spec.uncorrelated !== true;
  return (
    <section class="panel experiments" aria-labelledby="experiments-title">
      <div class="panel-head">
        <h2 id="experiments-title">Experiments</h2>
        <label
          class="experiments-flux small"
          title={reason ?? "One flux uncertainty for all experiments at one source"}
        >
          <input
            type="checkbox"
            checked={correlated !== (proposals.waiting.value === "flux")}
            disabled={reason !== null}
            aria-description={reason ?? undefined}
            onChange={() => void proposals.make("flux", (state) => setCorrelated(state, !correlated))}
          />
          correlated flux
        </label>
      </div>
      <Refusal proposals={proposals} of={(place) => place === "flux"} />
      <ul class="experiments-list">
        {experiments.map((entry) => (
          <ExperimentCard key={entry.id} store={store} proposals={proposals} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
