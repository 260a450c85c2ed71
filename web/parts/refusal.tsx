/** Why a control did not do what it was asked. */

import { useEffect, useRef } from "preact/hooks";
import type { Proposals } from "../state/proposals.ts";
import { FailureText } from "./failure.tsx";

interface RefusalProps {
  readonly proposals: Proposals;
  /** Of which controls. */
  readonly of: (place: string) => boolean;
}

export function Refusal({ proposals, of }: RefusalProps) {
  const refusal = proposals.refusal.value;
  const shown = refusal !== null && of(refusal.place);
  const box = useRef<HTMLDivElement>(null);
  // The control may be at the edge of what is seen.
  useEffect(() => {
    if (shown) box.current?.scrollIntoView({ block: "nearest" });
  }, [shown, refusal]);
  return (
    <div class="control-refusal" aria-live="polite" ref={box}>
      {shown && (
        <>
          <FailureText failure={refusal.failure} />
          <button
            type="button"
            class="icon small"
            aria-label="Close the message"
            onClick={() => {
              proposals.refusal.value = null;
            }}
          >
            ×
          </button>
        </>
      )}
    </div>
  );
}
