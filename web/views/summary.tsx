/** chi^2 at the point, in one line. */

import { FailureText } from "../parts/failure.tsx";
import type { Store } from "../state/store.ts";

export function Summary({ store }: { readonly store: Store }) {
  const answer = store.point.value.value;
  const best = store.point.value.value === null ? null : lowest(store);
  const result = answer?.result;
  return (
    <div class="summary" data-testid="summary" data-busy={store.point.busy.value}>
      <Quantity
        name="χ²"
        value={result === undefined ? null : result.chi2.toFixed(2)}
        title="Lowest chi squared at this point, nuisances at their best"
        testid="chi2"
      />
      <Quantity
        name="cells"
        value={result === undefined ? null : String(result.dof)}
        title="Degrees of freedom: cells of the data"
      />
      <Quantity
        name="p"
        value={result === undefined ? null : probability(result.pValue)}
        title="Probability of a chi squared this large or larger"
      />
      <Quantity
        name="χ² − χ²(SM)"
        value={result === undefined ? null : signed(result.chi2 - result.sm.chi2)}
        title="Compared with the standard model"
      />
      <Quantity
        name="Δχ²"
        value={result === undefined || best === null ? null : Math.max(0, result.chi2 - best).toFixed(2)}
        title="Above the best fit of the free couplings"
      />
      {store.point.failure.value !== null && <FailureText failure={store.point.failure.value} />}
    </div>
  );
}

function Quantity({
  name,
  value,
  title,
  testid,
}: {
  readonly name: string;
  readonly value: string | null;
  readonly title: string;
  readonly testid?: string;
}) {
  return (
    <div class="quantity" title={title}>
      <span class="quantity-name">{name}</span>
      <output class="quantity-value" data-testid={testid}>
        {value ?? "…"}
      </output>
    </div>
  );
}

/** Best chi^2 of the free couplings, as the profiles found it. */
function lowest(store: Store): number | null {
  for (const resource of store.profiles.value.values()) {
    const found = resource.value.value?.minimum.chi2;
    if (found !== undefined) return found;
  }
  return null;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function probability(value: number): string {
  return value >= 0.001 ? value.toFixed(3) : value.toExponential(1).replace("e-", " × 10⁻");
}
