/** What became of cases, in a shape and a word: colour only helps. */

import type { StatusCounts } from "nurecoil/reproductions";
import { type Status, statuses } from "../state/gallery.ts";

export const statusWord: Readonly<Record<Status, string>> = {
  met: "met",
  offset: "offset",
  missed: "missed",
  notComparable: "not comparable",
};

/** In strokes of a square of 12. */
const shapes: Readonly<Record<Status, string>> = {
  met: "M2 6.5 5 9.5 10 3",
  offset: "M2 5Q4 2.5 6 4.5T10 4M2 9Q4 6.5 6 8.5T10 8",
  missed: "M3 3 9 9M9 3 3 9",
  notComparable: "M2.5 6H9.5",
};

export function StatusMark({ status }: { readonly status: Status }) {
  return (
    <svg class={`gallery-mark ${status}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={shapes[status]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
    </svg>
  );
}

/** Counts that are not zero. */
export function Counts({ counts, of }: { readonly counts: StatusCounts; readonly of: string }) {
  const some = statuses.filter((status) => counts[status] > 0);
  if (some.length === 0) return null;
  return (
    <p class="gallery-counts">
      <span class="quiet">{of}:</span>
      {some.map((status) => (
        <span key={status} class="gallery-count">
          <StatusMark status={status} /> {counts[status]} {statusWord[status]}
        </span>
      ))}
    </p>
  );
}
