/** Minima of the fit found so far, each a button that moves the point there. */

import { moveTo } from "../state/change-couplings.ts";
import type { Store } from "../state/store.ts";
import { shortNumber } from "./scale.ts";
import { CouplingSymbol } from "./symbol.tsx";

/** What counts of a minimum here. */
interface Minimum {
  readonly parameters: Readonly<Record<string, number>>;
  readonly chi2: number;
  readonly status: string;
}

/** Two minima are one where no coupling differs by more than this share of its range: profiles meet them on their own. */
const SAME = 0.01;

/** Minima of the free couplings that profiles and the region have met, lowest first, each once. */
export function minimaOf(store: Store): readonly Minimum[] {
  const free = (store.state.value.spec.free ?? []).filter((name) => store.couplings.value.includes(name));
  if (free.length === 0) return [];
  const profiles = [...store.profiles.value.values()].flatMap(({ value }) => value.value?.minima ?? []);
  const region = store.layers.value.get("")?.value.value?.minima ?? [];
  const met: readonly Minimum[] = [...profiles, ...region].filter(({ parameters }) =>
    sameNames(Object.keys(parameters), free, store.couplings.value),
  );
  const ranges = store.opened.value.value?.ranges ?? {};
  const near = (a: Minimum, b: Minimum): boolean =>
    free.every((name) => {
      const [low, high] = ranges[name] ?? [-1, 1];
      return Math.abs(a.parameters[name]! - b.parameters[name]!) <= SAME * (high - low);
    });
  const found: Minimum[] = [];
  for (const one of [...met].sort((a, b) => a.chi2 - b.chi2)) {
    if (!found.some((other) => near(one, other))) found.push(one);
  }
  return found;
}

/** Whether a minimum is one of the couplings that are free now. */
function sameNames(names: readonly string[], free: readonly string[], couplings: readonly string[]): boolean {
  const moved = names.filter((name) => couplings.includes(name));
  return moved.length === free.length && free.every((name) => moved.includes(name));
}

export function MinimaList({ store, minima }: { readonly store: Store; readonly minima: readonly Minimum[] }) {
  const lowest = minima[0]?.chi2 ?? 0;
  if (minima.length === 0) {
    const free = store.state.value.spec.free ?? [];
    return (
      <p class="quiet small">
        {free.length === 0 ? "Nothing is fitted: choose “fitted” for a coupling." : "Being looked for."}
      </p>
    );
  }
  return (
    <ul class="minima">
      {minima.map(({ parameters, chi2, status }, index) => {
        const shown = Object.entries(parameters).filter(([name]) => store.couplings.value.includes(name));
        const above = chi2 - lowest;
        return (
          <li key={index}>
            <button type="button" onClick={() => store.change((state) => moveTo(state, parameters))}>
              <span class="visually-hidden">Go to</span>
              <span class="minima-values">
                {shown.map(([name, value]) => (
                  <span key={name}>
                    <CouplingSymbol name={name} /> = {shortNumber(Number(value.toPrecision(3)))}
                  </span>
                ))}
              </span>
              <span class="minima-above">
                {above < 0.005 ? "best" : `Δχ² ${above.toFixed(2)}`}
                {status === "flat" && <span class="quiet"> flat</span>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
