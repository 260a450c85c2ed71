/** The couplings: one row each; what to begin with, add, jump to; options of the analysis. */

import { useSignal } from "@preact/signals";
import { couplingNames } from "nurecoil/interactions";
import { useMemo } from "preact/hooks";
import type { Failure } from "../desk/messages.ts";
import { AnalysisOptions } from "../parts/analysis-options.tsx";
import { CouplingChooser } from "../parts/coupling-chooser.tsx";
import { CouplingRow } from "../parts/coupling-row.tsx";
import { FailureText } from "../parts/failure.tsx";
import { MinimaList } from "../parts/minima-list.tsx";
import { Refusal } from "../parts/refusal.tsx";
import { sliderRange } from "../parts/slider-range.ts";
import { useSuccessor } from "../parts/successor.ts";
import { CouplingSymbol, inWords } from "../parts/symbol.tsx";
import {
  applyPreset,
  hasPreset,
  inOrder,
  type Preset,
  planeOf,
  presets,
  resetToStandard,
} from "../state/change-couplings.ts";
import { idleBecause } from "../state/coupling-rules.ts";
import { createProposals } from "../state/proposals.ts";
import type { Store } from "../state/store.ts";

export function Couplings({ store }: { readonly store: Store }) {
  const proposals = useMemo(() => createProposals(store), [store]);
  const state = store.state.value;
  const names = inOrder(store.couplings.value, couplingNames);
  const values = store.values.value;
  const ranges = store.opened.value.value?.ranges ?? {};
  const plane = planeOf(state.spec);
  const free = state.spec.free ?? [];
  const issues = valueIssues(store);
  const minima = store.minima.value.value ?? [];
  const edited = useSignal(false);
  const list = useSuccessor<HTMLDivElement>(names);
  return (
    <section class="panel couplings" aria-labelledby="couplings-title">
      <div class="panel-head">
        <h2 id="couplings-title">Couplings</h2>
        <button
          type="button"
          class="small couplings-edit"
          aria-expanded={edited.value}
          aria-label="Edit: axes of the plane, flavours, remove"
          onClick={() => {
            edited.value = !edited.peek();
          }}
        >
          Edit
        </button>
        <button
          type="button"
          class="small"
          title="All new couplings to zero"
          onClick={() => store.change(resetToStandard)}
        >
          Reset to SM
        </button>
      </div>
      <fieldset class="couplings-presets chips" aria-label="Begin with">
        {presets.map((preset) => {
          const reason = idleIn(store, preset);
          return (
            <button
              type="button"
              key={preset.name}
              class="chip"
              aria-pressed={hasPreset(state, preset)}
              aria-disabled={reason !== undefined}
              title={reason === undefined ? undefined : inWords(reason)}
              onClick={() => void proposals.make("preset", (now) => reason ?? applyPreset(now, preset))}
            >
              {preset.title ?? <CouplingSymbol name={preset.free[0]!} />}
            </button>
          );
        })}
      </fieldset>
      <Refusal proposals={proposals} of={(place) => place === "preset"} />
      <div ref={list}>
        {names.length === 0 ? (
          <p class="quiet">No couplings: the standard model. Add one below.</p>
        ) : (
          <ul class="couplings-list" data-edited={edited.value}>
            {names.map((name) => (
              <CouplingRow
                key={name}
                store={store}
                proposals={proposals}
                name={name}
                value={values[name] ?? store.point.value.value?.result.parameters[name] ?? 0}
                free={free.includes(name)}
                axis={plane?.[0] === name ? "x" : plane?.[1] === name ? "y" : null}
                range={sliderRange(store, name, ranges[name])}
                issues={issues.filter((one) => tellsOf(one, name))}
              />
            ))}
          </ul>
        )}
        <Refusal proposals={proposals} of={(place) => place.startsWith("coupling ")} />
        <Others issues={issues.filter((one) => !names.some((name) => tellsOf(one, name)))} />
        <div class="couplings-more">
          <details class="disclosure">
            <summary>Add a coupling</summary>
            <CouplingChooser store={store} proposals={proposals} />
          </details>
          <details class="disclosure">
            <summary>Jump to a minimum {minima.length > 0 && <span class="quiet">({minima.length})</span>}</summary>
            <MinimaList store={store} />
          </details>
          <details class="disclosure">
            <summary>Options</summary>
            <AnalysisOptions store={store} proposals={proposals} />
            <Refusal proposals={proposals} of={(place) => place === "options"} />
          </details>
        </div>
      </div>
    </section>
  );
}

/** Why the experiments cannot do a preset. */
function idleIn(store: Store, { free }: Preset): string | undefined {
  const facts = store.opened.value.value?.facts ?? [];
  const reasons = free.map((name) => [name, idleBecause(name, facts, store.state.value.spec)] as const);
  const [name, reason] = reasons.find(([, one]) => one !== undefined) ?? [];
  return reason === undefined ? undefined : `"${name}": ${reason}`;
}

type Issues = Failure["issues"];

function Others({ issues }: { readonly issues: Issues }) {
  return issues.length === 0 ? null : <FailureText failure={{ kind: "usage", issues }} />;
}

/** What stands in the way of an answer where the sliders are; each said once. What the page says elsewhere is left out. */
function valueIssues(store: Store): Issues {
  if (store.opened.failure.value !== null) return [];
  const found = [store.point, ...store.profiles.value.values()].flatMap(({ failure }) => failure.value?.issues ?? []);
  return found.filter((one, index) => found.findIndex((other) => other.message === one.message) === index);
}

/** Whether an issue names a coupling, and not one whose name only begins alike. */
function tellsOf({ message, path }: Issues[number], name: string): boolean {
  return new RegExp(`(^|[^\\w])${name}([^\\w]|$)`).test(`${path ?? ""} ${message}`);
}
