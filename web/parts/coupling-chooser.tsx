/** Couplings to add: by level, as a table of symbols, from the registry of the library. */

import { useSignal } from "@preact/signals";
import { couplingNames, couplings, readCouplingName } from "nurecoil/interactions";
import { addCoupling } from "../state/change-couplings.ts";
import { idleBecause, levels, obstacle } from "../state/coupling-rules.ts";
import type { Proposals } from "../state/proposals.ts";
import type { Store } from "../state/store.ts";
import { Refusal } from "./refusal.tsx";
import { CouplingSymbol, inWords, WithSymbols } from "./symbol.tsx";

type Level = (typeof levels)[number];

const titles: Readonly<Record<Level, string>> = {
  nucleus: "Nucleus",
  quark: "Quarks",
  nsi: "NSI",
  "standard-model": "Weak angle",
};

/** Symbols per line: what belongs together stands below each other. */
const columns: Readonly<Record<Level, number>> = { nucleus: 5, quark: 5, nsi: 6, "standard-model": 3 };

const flavours = [...new Set(couplingNames.map((name) => readCouplingName(name)!.lepton))];
const letters: Readonly<Record<string, string>> = { e: "e", mu: "μ", tau: "τ" };

interface CouplingChooserProps {
  readonly store: Store;
  readonly proposals: Proposals;
}

export function CouplingChooser({ store, proposals }: CouplingChooserProps) {
  const level = useSignal<Level>(levels[0]!);
  const flavour = useSignal<(typeof flavours)[number]>(null);
  const told = useSignal<string | null>(null);
  const here = listed(level.value);
  const flavoured = here.some((one) => one.flavoured);
  const nameOf = (one: (typeof here)[number]): string =>
    flavour.value === null || !one.flavoured ? one.name : `${one.name}_${flavour.value}`;
  const used = store.couplings.value;
  const facts = store.opened.value.value?.facts ?? [];
  const { spec } = store.state.value;
  const reasonOf = (name: string): string | undefined => obstacle(name, used) ?? idleBecause(name, facts, spec);
  const invitation = here.every((one) => reasonOf(nameOf(one)) !== undefined)
    ? "None of these can be added now: each says why."
    : "Choose a symbol: it is fitted at once.";
  return (
    <div class="chooser">
      <fieldset class="segments" aria-label="Level">
        {levels.map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={level.value === one}
            onClick={() => {
              level.value = one;
              told.value = null;
            }}
          >
            {titles[one]}
          </button>
        ))}
      </fieldset>
      <div class="chooser-names" style={`--columns:${columns[level.value]}`}>
        {here.map((one) => {
          const name = nameOf(one);
          const reason = reasonOf(name);
          const about = reason === undefined ? one.description : `"${name}": ${reason}`;
          return (
            <button
              type="button"
              key={name}
              data-coupling={name}
              aria-disabled={reason !== undefined}
              title={inWords(about)}
              onFocus={() => {
                told.value = about;
              }}
              onPointerEnter={() => {
                told.value = about;
              }}
              onPointerLeave={() => {
                told.value = null;
              }}
              onClick={() => {
                told.value = about;
                if (reason === undefined) void proposals.make("add", (state) => addCoupling(state, name));
              }}
            >
              <span class="visually-hidden">Add </span>
              <CouplingSymbol name={name} />
              {reason !== undefined && <span class="visually-hidden">: {reason}</span>}
            </button>
          );
        })}
      </div>
      <Refusal proposals={proposals} of={(place) => place === "add"} />
      <fieldset class="segments" aria-label="Flavour" disabled={!flavoured}>
        {flavours.map((one) => (
          <button
            type="button"
            key={one ?? "all"}
            aria-pressed={flavoured ? flavour.value === one : one === null}
            onClick={() => {
              flavour.value = one;
              told.value = null;
            }}
          >
            {one === null ? "all flavours" : letters[one]}
          </button>
        ))}
      </fieldset>
      <p class="chooser-about quiet small">
        <WithSymbols text={told.value ?? invitation} />
      </p>
    </div>
  );
}

/** Couplings of a level; those of quarks line by line: first C, then D of one quark. */
function listed(level: Level): readonly (typeof couplings)[number][] {
  const all = couplings.filter((one) => one.level === level);
  if (level !== "quark") return all;
  const quark = (name: string): string => name.slice(-1);
  const order = [...new Set(all.map(({ name }) => quark(name)))];
  return [...all].sort((a, b) => order.indexOf(quark(a.name)) - order.indexOf(quark(b.name)));
}
