/** What the reader must know: an address that cannot be read, an analysis that cannot be done, workers that are blocked. */

import { type Signal, useSignal } from "@preact/signals";
import type { Notice } from "../state/follow-address.ts";
import { firstState } from "../state/page-state.ts";
import type { Store } from "../state/store.ts";
import { FailureText } from "./failure.tsx";

interface BannerProps {
  readonly store: Store;
  readonly notice: Signal<Notice | null>;
  readonly workers: boolean;
}

export function Banner({ store, notice, workers }: BannerProps) {
  const read = useSignal(false);
  const failure = store.opened.failure.value;
  return (
    <div class="banners" aria-live="polite">
      {notice.value !== null && (
        <div class="banner warning" role="alert">
          <p>
            {notice.value.message} {notice.value.hint}
          </p>
          <button type="button" onClick={() => (notice.value = null)}>
            Close
          </button>
        </div>
      )}
      {!workers && !read.value && (
        <div class="banner">
          <p>This browser does not let workers start. Everything works, computed in the page itself; it is slower.</p>
          <button type="button" onClick={() => (read.value = true)}>
            Close
          </button>
        </div>
      )}
      {failure !== null && (
        <div class="banner error" role="alert">
          <FailureText failure={failure} />
          {failure.kind !== "usage" && (
            <button type="button" onClick={store.again}>
              Try again
            </button>
          )}
          <button type="button" onClick={() => store.change(() => firstState)}>
            Start from the first analysis
          </button>
        </div>
      )}
    </div>
  );
}
