/** What taking away has come to: said politely, with what failed and what is to be copied by hand. */

import { useEffect, useRef } from "preact/hooks";
import { FailureText } from "./failure.tsx";
import type { Taking } from "./taking.ts";

export function TakingStatus({ taking }: { readonly taking: Taking }) {
  const { said, busy, failure, byHand } = taking;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.select();
  }, [byHand.value]);
  return (
    <div class="take-away-status">
      <p class="small" role="status" aria-live="polite">
        {said.value}
      </p>
      {busy.value && (
        <button type="button" class="small" onClick={taking.cancel}>
          Cancel
        </button>
      )}
      {failure.value !== null && (
        <div role="alert">
          <FailureText failure={failure.value} />
        </div>
      )}
      {byHand.value !== null && (
        <textarea ref={field} readOnly rows={4} aria-label="Text to be copied by hand" value={byHand.value} />
      )}
    </div>
  );
}
