/** Minima of the free couplings, each a button that moves the point there. */

import { moveTo } from "../state/change-couplings.ts";
import type { Store } from "../state/store.ts";
import { writtenNumber } from "./scale.ts";
import { CouplingSymbol } from "./symbol.tsx";

export function MinimaList({ store }: { readonly store: Store }) {
  const minima = store.minima.value.value ?? [];
  const lowest = minima[0]?.chi2 ?? 0;
  if (minima.length === 0) {
    const free = store.state.value.spec.free ?? [];
    return (
      <p class="quiet small">
        {free.length === 0 ? "Nothing is fitted: choose “fitted” for a coupling." : "Being looked for …"}
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
                    <CouplingSymbol name={name} /> = {writtenNumber(Number(value.toPrecision(3)))}
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
