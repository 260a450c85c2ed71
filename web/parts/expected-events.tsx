/** What a detector that is to be built would count at the point: CEvNS events in its live time, and each day. */

import { useComputed } from "@preact/signals";
import type { Facts } from "../desk/facts.ts";
import { eventsText } from "../state/expected-events.ts";
import type { Store } from "../state/store.ts";

const EXPOSURE = "live-time";

export function ExpectedEvents({ store, facts }: { readonly store: Store; readonly facts: Facts }) {
  const released = facts.inputs.find(({ name }) => name === EXPOSURE);
  // Only other words draw this anew.
  const text = useComputed(() => {
    const result = store.point.value.value?.result;
    const prediction = result?.predictions.find(({ experiment }) => experiment === facts.id);
    const set = result?.spec.experiments.find(({ id }) => id === facts.id)?.set[EXPOSURE];
    return prediction === undefined || released === undefined ? "" : eventsText(prediction, released, set);
  });
  return (
    <div class="detector-events small" data-testid={`events-${facts.id}`}>
      <p>{text.value}</p>
      <p class="quiet">The background is a rate of the whole detector: mass and distance do not scale it.</p>
    </div>
  );
}
