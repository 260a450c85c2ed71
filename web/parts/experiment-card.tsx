/** One experiment: chosen or not, how it takes part, what it is. */

import { useSignal } from "@preact/signals";
import { experimentName, plainText } from "nurecoil/figures";
import { type Choice, choicesOf } from "../state/analysis-spec.ts";
import { type ExperimentEntry, experiments } from "../state/catalogue.ts";
import {
  addExperiment,
  isProjection,
  removeExperiment,
  useInstead as replaceBy,
  resetInputs,
  setData,
  setInput,
  setLikelihood,
  sharesWith,
} from "../state/change-experiments.ts";
import type { Proposals } from "../state/proposals.ts";
import type { Store } from "../state/store.ts";
import { DetectorSliders } from "./detector-sliders.tsx";
import { ExpectedEvents } from "./expected-events.tsx";
import { ExperimentFacts } from "./experiment-facts.tsx";
import { Refusal } from "./refusal.tsx";
import { useReleasedFacts } from "./released-facts.ts";

interface ExperimentCardProps {
  readonly store: Store;
  readonly proposals: Proposals;
  readonly entry: ExperimentEntry;
}

export function ExperimentCard({ store, proposals, entry }: ExperimentCardProps) {
  const { id, title, summary } = entry;
  const state = store.state.value;
  const choice = choicesOf(state.spec).find((one) => one.id === id);
  const shared = sharesWith(state, id, experiments);
  const waits = proposals.waiting.value === id;
  const chosen = choice !== undefined;
  const refused = !chosen && shared.length > 0;
  const titles = shared.map((one) => experiments.find((other) => other.id === one)?.title ?? one);
  const reason = `Shares events with ${titles.join(" and ")}.`;
  return (
    <li class="experiment" data-experiment={id} data-chosen={chosen} aria-busy={waits}>
      <label class="experiment-head" title={summary}>
        <input
          type="checkbox"
          checked={chosen !== waits}
          disabled={refused}
          aria-describedby={refused ? `${id}-reason` : undefined}
          onChange={() =>
            void proposals.make(id, (now) =>
              chosen ? removeExperiment(now, id, experiments) : addExperiment(now, id, experiments),
            )
          }
        />
        <span>{title}</span>
      </label>
      {refused && (
        <p class="experiment-reason small" id={`${id}-reason`}>
          <span>{reason}</span>
          <button
            type="button"
            class="small experiment-instead"
            aria-label={`Use instead: ${title}`}
            onClick={() => void proposals.make(id, (now) => replaceBy(now, id, experiments))}
          >
            Use instead
          </button>
        </p>
      )}
      <Refusal proposals={proposals} of={(place) => place === id} />
      {chosen && <ChosenExperiment store={store} proposals={proposals} entry={entry} choice={choice} />}
    </li>
  );
}

interface ChosenExperimentProps extends ExperimentCardProps {
  readonly choice: Choice;
}

function ChosenExperiment({ store, proposals, entry, choice }: ChosenExperimentProps) {
  const { id, title, likelihoods } = entry;
  const projection = isProjection(choice, experiments);
  const likelihood = choice.likelihood ?? likelihoods[0]?.id ?? "";
  const set = choice.set ?? {};
  const open = useSignal(false);
  const facts = useReleasedFacts(store, choice);
  const propose = (change: Parameters<Proposals["make"]>[1]): Promise<boolean> => proposals.make(id, change);
  const onSet = (name: string, text: string | null): void =>
    void propose((now) => setInput(now, id, name, text, experiments));
  return (
    <div class="experiment-body">
      <div class="experiment-line">
        {likelihoods.length > 1 && (
          <select
            aria-label={`Likelihood of ${title}`}
            value={likelihood}
            title={likelihoods.find((one) => one.id === likelihood)?.description}
            onChange={async ({ currentTarget }) => {
              const next = currentTarget.value;
              // Settings that the other likelihood does not know stay behind.
              const done = await propose((now) => setLikelihood(now, id, next, experiments));
              if (!done) await propose((now) => setLikelihood(now, id, next, experiments, true));
              currentTarget.value = next;
            }}
          >
            {likelihoods.map((one) => (
              <option key={one.id} value={one.id} title={one.description}>
                {one.id}
              </option>
            ))}
          </select>
        )}
        {projection ? (
          <span class="quiet small">A projection: always Asimov data.</span>
        ) : (
          <fieldset class="segments" aria-label={`Data of ${title}`}>
            {(["observed", "asimov"] as const).map((data) => (
              <button
                type="button"
                key={data}
                aria-pressed={(choice.data ?? "observed") === data}
                title={
                  data === "asimov" ? "The expectation of the standard model in place of the data" : "What was measured"
                }
                onClick={() => void propose((now) => setData(now, id, data, experiments))}
              >
                {data === "asimov" ? "Asimov" : "observed"}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {projection && facts !== null && (
        <>
          <DetectorSliders
            of={plainText(experimentName(facts.id))}
            facts={facts}
            set={set}
            onSlide={(name, text) => store.change((now) => setInput(now, id, name, text, experiments))}
            onSet={onSet}
          />
          <ExpectedEvents store={store} facts={facts} />
        </>
      )}
      <details
        class="disclosure"
        onToggle={(event) => {
          open.value = event.currentTarget.open;
        }}
      >
        <summary>
          Facts and sources
          {Object.keys(set).length > 0 && <span class="quiet"> ({Object.keys(set).length} set)</span>}
        </summary>
        {open.value &&
          (facts === null ? (
            <p class="quiet small">Being read.</p>
          ) : (
            <ExperimentFacts
              facts={facts}
              set={set}
              onSet={onSet}
              onReset={() => void propose((now) => resetInputs(now, id, experiments))}
            />
          ))}
      </details>
    </div>
  );
}
