/** Every figure and table of the papers as a card: how well it is reproduced, and one click to its state. */

import { useSignal } from "@preact/signals";
import { withSymbols } from "nurecoil/reproductions";
import { useEffect, useRef } from "preact/hooks";
import { StatusMark, statusWord } from "../parts/case-status.tsx";
import { FailureText } from "../parts/failure.tsx";
import { Card } from "../parts/gallery-card.tsx";
import { found, gallery, loadGallery, matches, type Paper, type Status, statuses } from "../state/gallery.ts";
import type { Store } from "../state/store.ts";

/** Cards that keep their place until the data are there. */
const WAITING = 6;

export function Gallery({ store }: { readonly store: Store }) {
  useEffect(() => {
    void loadGallery();
  }, []);
  const { value, busy, failure } = gallery;
  if (value.value !== null) return <Papers store={store} papers={value.value.papers} />;
  return (
    <section class="gallery" aria-labelledby="gallery-title" aria-busy={busy.value}>
      <h2 id="gallery-title">Gallery</h2>
      {failure.value !== null && !busy.value ? (
        <div class="gallery-failure" role="alert">
          <p>The gallery cannot be shown:</p>
          <FailureText failure={failure.value} />
          <button type="button" onClick={() => void loadGallery()}>
            Try again
          </button>
        </div>
      ) : (
        <div class="gallery-cards" aria-hidden="true">
          {Array.from({ length: WAITING }, (_, k) => (
            <div key={k} class="gallery-card gallery-waiting">
              <div class="gallery-picture" />
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

function Papers({ store, papers }: { readonly store: Store; readonly papers: readonly Paper[] }) {
  const status = useSignal<Status | null>(null);
  const search = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const shown = papers
    .map((paper) => ({
      paper,
      cards: paper.cards.filter((card) => matches(card, status.value) && found(paper, card, search.value)),
    }))
    .filter(({ cards }) => cards.length > 0);
  const count = shown.reduce((sum, { cards }) => sum + cards.length, 0);
  const of = papers.reduce((sum, { cards }) => sum + cards.length, 0);
  return (
    <section class="gallery" aria-labelledby="gallery-title">
      <div class="gallery-head">
        <h2 id="gallery-title">Gallery</h2>
        <fieldset class="chips" aria-label="Cards with cases that are">
          {[null, ...statuses].map((one) => (
            <button
              type="button"
              key={one}
              class="chip"
              aria-pressed={status.value === one}
              onClick={() => {
                status.value = one;
              }}
            >
              {one === null ? (
                "all"
              ) : (
                <>
                  <StatusMark status={one} /> {statusWord[one]}
                </>
              )}
            </button>
          ))}
        </fieldset>
        <label class="gallery-search">
          <span class="visually-hidden">Search the cards</span>
          <input
            ref={field}
            type="search"
            placeholder="Search the cards"
            value={search.value}
            onInput={(event) => {
              search.value = event.currentTarget.value;
            }}
          />
        </label>
        <p class="quiet small" role="status">
          {count === of ? `${of} cards` : `${count} of ${of} cards`}
        </p>
      </div>
      <p class="quiet small gallery-words">
        Every published number is held against ours. <b>Met</b>: within its tolerance. <b>Offset</b>: outside, but met
        when inputs that are known to differ are moved. <b>Missed</b>: neither. <b>Not comparable</b>: the question was
        another one.
      </p>
      {shown.map(({ paper, cards }) => (
        <section key={paper.paper} class="gallery-paper" aria-labelledby={`paper-${paper.paper}`}>
          <h3 id={`paper-${paper.paper}`} dangerouslySetInnerHTML={{ __html: withSymbols(paper.title) }} />
          <p class="small quiet">
            {paper.citation} · <a href={paper.url}>{paper.urlText}</a>
          </p>
          <Summary text={paper.summary} />
          <div class="gallery-cards">
            {cards.map((card) => (
              <Card key={card.id} store={store} paper={paper} card={card} />
            ))}
          </div>
        </section>
      ))}
      {count === 0 && (
        <div class="gallery-none">
          <p>{noneText(search.value.trim(), status.value)}</p>
          <button
            type="button"
            onClick={() => {
              search.value = "";
              status.value = null;
              field.current?.focus();
            }}
          >
            Show all cards
          </button>
        </div>
      )}
    </section>
  );
}

/** Why nothing is shown, and what can be looked for. */
function noneText(search: string, status: Status | null): string {
  const wanted = [
    ...(search === "" ? [] : [`“${search}”`]),
    ...(status === null ? [] : [`a case that is ${statusWord[status]}`]),
  ];
  return `No card has ${wanted.join(" and ")}. The search looks for every word in papers, places (“Fig. 2”), titles, panels and what they show.`;
}

/** Counts of all cases of a paper in words, each with its shape. */
function Summary({ text }: { readonly text: string }) {
  return (
    <p class="gallery-counts">
      {text.split(/(?=\b\d+ (?:met|offset|missed|not comparable)\b)/).map((part) => {
        const status = statuses.find((one) => part.replace(/^\d+ /, "").startsWith(statusWord[one]));
        return (
          <span key={part} class="gallery-count">
            {status !== undefined && /^[1-9]/.test(part) && <StatusMark status={status} />} {part.trim()}
          </span>
        );
      })}
    </p>
  );
}
