/** Below the summary: the choices that every number rests on, and what a reader of the numbers must know. */

import { useComputed } from "@preact/signals";
import type { SpecInput } from "nurecoil/analysis";
import { experimentName, plainText, pullName } from "nurecoil/figures";
import { withSymbols } from "nurecoil/reproductions";
import { experiments } from "../state/catalogue.ts";
import { type Notes as Found, type NoteSource, notesOf } from "../state/notes.ts";
import type { Store } from "../state/store.ts";

export function Notes({ store }: { readonly store: Store }) {
  // The point answers with every step: only other words draw this anew.
  const found = useComputed(() => JSON.stringify(notesOf(sourcesOf(store))));
  const choices = useComputed(() => choicesText(store.state.value.spec));
  const { warnings, others } = JSON.parse(found.value) as Found;
  return (
    <div class="notes small" data-testid="notes">
      <p class="notes-choices quiet">{choices.value}</p>
      {others.length > 0 && (
        <details class="notes-more">
          <summary>
            <span class="notes-count">
              {others.length} {others.length === 1 ? "note" : "notes"}
            </span>
            <span class="notes-first quiet" aria-hidden="true">
              <Note text={others[0]!} />
            </span>
          </summary>
          <ul>
            {others.map((text) => (
              <li key={text}>
                <Note text={text} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {warnings.map((text) => (
        <p key={text} class="notes-warning">
          <strong>Overlap:</strong> <Note text={text} />
        </p>
      ))}
    </div>
  );
}

const ids = new RegExp(`(?<![\\w-])(${experiments.map(({ id }) => id).join("|")})(\\.[\\w-]+)?`, "g");

function Note({ text }: { readonly text: string }) {
  const named = text.replace(ids, (name) => plainText(pullName(name)));
  return <span dangerouslySetInnerHTML={{ __html: withSymbols(named) }} />;
}

function sourcesOf(store: Store): readonly NoteSource[] {
  const { opened, point, layers, profiles } = store;
  const answers: readonly (NoteSource | null | undefined)[] = [
    opened.value.value,
    point.value.value?.result,
    ...[...profiles.value.values()].map(({ value }) => value.value),
    layers.value.get("")?.value.value,
    ...[...layers.value].map(([name, { value }]) =>
      name === "" || value.value === null
        ? null
        : { notes: value.value.notes, of: `${plainText(experimentName(name))} alone` },
    ),
  ];
  return answers.flatMap((one) =>
    one == null ? [] : [{ notes: one.notes, ...(one.of !== undefined && { of: one.of }) }],
  );
}

function choicesText({ convention, recoil, formFactor }: SpecInput): string {
  const model = typeof formFactor === "object" && formFactor !== null ? `${formFactor.model}, own radii` : formFactor;
  return [
    `convention ${convention ?? "B"}${convention === "A" ? " (not Hermitian)" : ""}`,
    `recoil ${recoil ?? "full"}`,
    `form factor ${model ?? "of the experiment"}`,
  ].join(" · ");
}
