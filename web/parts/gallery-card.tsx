/** One figure or table of a paper: what it shows, how well it is reproduced, and the way to its state. */

import { useSignal } from "@preact/signals";
import { type GalleryCard, type GalleryRow, withSymbols } from "nurecoil/reproductions";
import { cardId, loadPanel, type Panel, type Paper, type Status } from "../state/gallery.ts";
import type { Store } from "../state/store.ts";
import { Counts, StatusMark, statusWord } from "./case-status.tsx";

interface CardProps {
  readonly store: Store;
  readonly paper: Paper;
  readonly card: GalleryCard;
}

/** Rows shown of a table that has no picture. */
const PREVIEW = 4;

export function Card({ store, paper, card }: CardProps) {
  const { panels, printed, status } = card;
  const id = cardId(paper, card);
  const own = {
    met: status.met - printed.met,
    offset: status.offset - printed.offset,
    missed: status.missed - printed.missed,
    notComparable: status.notComparable - printed.notComparable,
  };
  const load = (panel: Panel): void => loadPanel(store, paper, card, panel);
  return (
    <article class="gallery-card" id={id} tabIndex={-1} aria-labelledby={`${id}-title`}>
      {card.picture === null ? <Preview card={card} /> : <Thumbnail card={card} picture={card.picture} />}
      <p class="gallery-place">{card.place}</p>
      <h4 id={`${id}-title`}>
        <Text text={card.title} />
      </h4>
      <p>
        <Text text={card.text} />
      </p>
      {card.nearest !== null && (
        <p class="quiet small">
          <Text text={card.nearest} />
        </p>
      )}
      <div>
        <Counts counts={printed} of="Published" />
        <Counts counts={own} of="Checks of our own" />
      </div>
      <div class="gallery-load">
        <button type="button" class="primary" aria-label={`Load ${card.title}`} onClick={() => load(panels[0]!)}>
          Load
        </button>
        {panels.length > 1 && <Panels card={card} load={load} />}
      </div>
      <Cases card={card} />
    </article>
  );
}

/** More than these are shown when asked for: some figures have seventeen. */
const FEW_PANELS = 6;

interface PanelsProps {
  readonly card: GalleryCard;
  readonly load: (panel: Panel) => void;
}

/** A button per panel; the first is what the card loads. */
function Panels({ card: { title, panels }, load }: PanelsProps) {
  const buttons = (
    <fieldset class="chips" aria-label={`Panels of ${title}`}>
      {panels.map((panel) => (
        <button type="button" key={panel.label} class="chip" onClick={() => load(panel)}>
          <span class="visually-hidden">Load </span>
          <Text text={panel.label} />
        </button>
      ))}
    </fieldset>
  );
  if (panels.length <= FEW_PANELS) return buttons;
  return (
    <details class="gallery-panels">
      <summary>{panels.length} panels</summary>
      {buttons}
    </details>
  );
}

function Text({ text }: { readonly text: string }) {
  return <span dangerouslySetInnerHTML={{ __html: withSymbols(text) }} />;
}

/** The title beside it says what it is. */
function Thumbnail({ picture }: { readonly card: GalleryCard; readonly picture: string }) {
  return (
    <div class="gallery-picture">
      <img src={picture} alt="" loading="lazy" decoding="async" width="480" height="360" />
    </div>
  );
}

/** The first rows stand in for a picture. */
function Preview({ card }: { readonly card: GalleryCard }) {
  const rows = card.cases.flatMap((table) => table.rows).slice(0, PREVIEW);
  return (
    <div class="gallery-picture gallery-preview" aria-hidden="true">
      {rows.length === 0 ? (
        <p class="quiet">no picture</p>
      ) : (
        <dl>
          <div>
            <dt>published / ours</dt>
          </div>
          {rows.map(({ id, claim, published, independent, ours }) => (
            <div key={id}>
              <dt>
                <Text text={claim} />
              </dt>
              <dd>
                {published || independent} <span class="quiet">/ {ours}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** Written only when it is opened: some cards have a hundred rows. */
function Cases({ card }: { readonly card: GalleryCard }) {
  const open = useSignal(false);
  const count = card.cases.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count === 0) return null;
  return (
    <details
      class="gallery-cases"
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>
        {count} {count === 1 ? "case" : "cases"}
      </summary>
      {open.value && card.cases.map((table) => <CaseTable key={table.group} table={table} />)}
    </details>
  );
}

const wordOf: Readonly<Record<GalleryRow["status"], Status>> = {
  met: "met",
  offset: "offset",
  missed: "missed",
  "not-comparable": "notComparable",
};

function CaseTable({ table: { title, standards, rows } }: { readonly table: GalleryCard["cases"][number] }) {
  const has = (field: "published" | "independent" | "shifted" | "note"): boolean =>
    rows.some((row) => row[field] !== "");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys must reach what scrolls
    <section class="gallery-table" tabIndex={0} aria-label={`Cases: ${title}`}>
      <table>
        <caption>
          <Text text={title} />
        </caption>
        <thead>
          <tr>
            <th scope="col">Claim</th>
            {has("published") && <th scope="col">Published</th>}
            {has("independent") && <th scope="col">Independent</th>}
            <th scope="col">Ours</th>
            {has("shifted") && <th scope="col">Ours, inputs moved</th>}
            <th scope="col">Tolerance</th>
            <th scope="col">Status</th>
            {has("note") && <th scope="col">Note</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Text text={row.claim} />
              </th>
              {has("published") && <td>{row.published}</td>}
              {has("independent") && <td>{row.independent}</td>}
              <td>{row.ours}</td>
              {has("shifted") && <td>{row.shifted}</td>}
              <td>{row.held.map((index) => `(${index + 1})`).join(" ")}</td>
              <td class="gallery-status">
                <StatusMark status={wordOf[row.status]} /> {statusWord[wordOf[row.status]]}
              </td>
              {has("note") && (
                <td class="gallery-note">
                  <Text text={row.note} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ol class="small quiet">
        {standards.map((text) => (
          <li key={text}>
            <Text text={text} />
          </li>
        ))}
      </ol>
    </section>
  );
}
