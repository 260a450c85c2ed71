/** An answer of a desk that follows the state: the last one stays on the page until the next is there. */

import { type Signal, signal } from "@preact/signals";
import { DeskError, GivenUp } from "../desk/client.ts";
import type { Failure } from "../desk/messages.ts";

export interface Resource<T> {
  readonly value: Signal<T | null>;
  /** Whether a newer answer is on its way. */
  readonly busy: Signal<boolean>;
  /** Share done, where that is known. */
  readonly share: Signal<number | null>;
  readonly failure: Signal<Failure | null>;
  /** What the value answers. */
  readonly key: Signal<string>;
}

export function createResource<T>(): Resource<T> {
  return { value: signal(null), busy: signal(false), share: signal(null), failure: signal(null), key: signal("") };
}

/**
 * Let a resource be filled, unless it is or is being filled with the same.
 * @param key what is asked, as text
 * @param load asks; `tell` shows an answer at once, to be followed by a better one
 */
export async function fill<T>(
  resource: Resource<T>,
  key: string,
  load: (tell: (partial: T) => void, share: (done: number) => void, isCurrent: () => boolean) => Promise<T>,
): Promise<void> {
  if (resource.key.peek() === key) return;
  resource.key.value = key;
  resource.busy.value = true;
  resource.share.value = null;
  const isCurrent = (): boolean => resource.key.peek() === key;
  try {
    const answer = await load(
      (partial) => {
        // Answers of one channel come in the order of its questions: an older one still shows how it was a moment ago.
        resource.value.value = partial;
      },
      (done) => {
        if (isCurrent()) resource.share.value = done;
      },
      isCurrent,
    );
    if (!isCurrent()) return;
    resource.value.value = answer;
    resource.failure.value = null;
  } catch (error) {
    if (!isCurrent()) return;
    // What was cancelled may be asked again.
    resource.key.value = "";
    if (!(error instanceof GivenUp)) {
      resource.failure.value = failureOf(error);
      // What was there answered another question: under the new one it would mislead.
      resource.value.value = null;
    }
  }
  resource.busy.value = false;
  resource.share.value = null;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof DeskError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "fault", issues: [{ message, hint: "reload the page; the address keeps the analysis" }] };
}
