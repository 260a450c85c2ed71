/** Above the plane: which couplings span it, what it shows, nearer and farther. */

import { choicesOf } from "../state/analysis-spec.ts";
import { type PlaneAxis, setPlane } from "../state/change-couplings.ts";
import type { Store } from "../state/store.ts";
import { ClaimsChoice } from "./claims-choice.tsx";
import { CouplingSymbol, worded } from "./symbol.tsx";

interface ChoiceProps {
  readonly store: Store;
  readonly plane: readonly [string, string] | null;
}

/** The two axes. */
export function PlaneAxes({ store, plane }: ChoiceProps) {
  const couplings = store.couplings.value;
  // A coupling that runs along the other axis changes places with it.
  const choose = (axis: PlaneAxis, name: string): void =>
    store.change((state) => {
      const next = setPlane(state, axis, name);
      return typeof next === "string" ? state : next;
    });
  if (plane === null) {
    const [first, second] = couplings;
    return first === undefined || second === undefined ? null : (
      <button type="button" class="small" onClick={() => choose("x", first)}>
        Show a plane
      </button>
    );
  }
  return (
    <div class="plane-axes">
      {(["x", "y"] as const).map((axis, k) => (
        <span key={axis} class="symbol-select">
          {/* A menu of the browser has letters only: the symbol is what is seen, the menu what is used. */}
          <span class="symbol-select-shown" aria-hidden="true">
            <CouplingSymbol name={plane[k]!} />
            <span class="symbol-select-arrow" />
          </span>
          <select
            aria-label={`Coupling along ${axis}`}
            title={`Along ${axis}: ${worded(plane[k]!)}`}
            value={plane[k]}
            onChange={(event) => choose(axis, event.currentTarget.value)}
          >
            {couplings.map((name) => (
              <option key={name} value={name} selected={name === plane[k]}>
                {worded(name)}
              </option>
            ))}
          </select>
        </span>
      ))}
      <button
        type="button"
        class="icon"
        aria-label="Swap the axes"
        title="Swap the axes"
        onClick={() => choose("x", plane[1])}
      >
        ⇄
      </button>
    </div>
  );
}

/** What is shown besides the combination. */
export function PlaneTools({ store }: { readonly store: Store }) {
  const { spec, view } = store.state.value;
  const chosen = choicesOf(spec).map(({ id }) => id);
  const toggleEach = (): void => {
    if (view.each) for (const id of chosen) store.desk.cancel(`region ${id}`);
    store.look({ each: !view.each });
  };
  return (
    <div class="plane-tools">
      {chosen.length > 1 && (
        <button
          type="button"
          class="chip"
          aria-pressed={view.each}
          aria-label="each experiment"
          title="Each experiment on its own beside all together"
          onClick={toggleEach}
        >
          each<span class="plane-wide"> experiment</span>
        </button>
      )}
      <ClaimsChoice store={store} of="plane" />
    </div>
  );
}

interface ZoomProps {
  readonly zoom: (factor: number) => void;
  readonly reset: () => void;
  readonly isZoomed: boolean;
}

export function PlaneZoom({ zoom, reset, isZoomed }: ZoomProps) {
  return (
    <div class="plane-zoom segments">
      <button type="button" class="icon" aria-label="Farther" title="Farther (−)" onClick={() => zoom(1.5)}>
        −
      </button>
      <button type="button" class="icon" aria-label="Nearer" title="Nearer (+)" onClick={() => zoom(1 / 1.5)}>
        +
      </button>
      <button
        type="button"
        class="icon"
        aria-label="The whole region"
        title="The whole region (0)"
        disabled={!isZoomed}
        onClick={reset}
      >
        ⤢
      </button>
    </div>
  );
}
