/** Facts of a chosen experiment as released: what its file says before the reader sets anything. */

import { useEffect, useRef } from "preact/hooks";
import type { Facts } from "../desk/facts.ts";
import type { Choice } from "../state/analysis-spec.ts";
import { createResource, fill, type Resource } from "../state/resource.ts";
import type { Store } from "../state/store.ts";

/**
 * Facts of the current analysis say what is set; without settings they are the released ones and are kept. A link that
 * sets inputs is asked a second time, without them.
 * @returns null until they are there
 */
export function useReleasedFacts(store: Store, { id, likelihood, set }: Choice): Facts | null {
  const own = useRef<Resource<Facts> | null>(null);
  own.current ??= createResource<Facts>();
  const released = own.current;
  const isSet = Object.keys(set ?? {}).length > 0;
  const key = `${id}@${likelihood ?? ""}`;
  const { busy, failure, value } = store.opened;
  const settled = !busy.value && failure.value === null;
  const here = value.value?.facts.find((one) => one.id === id) ?? null;
  const fits = here !== null && (likelihood === undefined || here.likelihood === likelihood);
  useEffect(() => {
    if (!isSet && settled && fits && released.value.peek() !== here) {
      released.key.value = key;
      released.value.value = here;
    } else if (isSet && released.key.peek() !== key) {
      const spec = { experiments: [likelihood === undefined ? id : `${id}@${likelihood}`] };
      void fill(released, key, async () => {
        const answer = await store.desk.ask("open", { spec, couplings: [] }, { channel: `facts ${id}`, at: "live" });
        return answer.facts[0]!;
      });
    }
  }, [store, released, isSet, settled, fits, here, key, id, likelihood]);
  if (released.key.value !== key) return isSet || !fits ? null : here;
  return released.value.value;
}
