/** The line that says which card of the gallery is shown, while it is, with the way back. */

import { withSymbols } from "nurecoil/reproductions";
import { backToCard, loadedCard } from "../state/gallery.ts";
import type { Store } from "../state/store.ts";

export function FromGallery({ store }: { readonly store: Store }) {
  const loaded = loadedCard.value;
  if (loaded === null || JSON.stringify(store.state.value.spec) !== loaded.spec) return null;
  const { card, paper } = loaded;
  return (
    <p class="from-gallery" data-testid="from-gallery">
      <span>
        <strong>{card.place}</strong> · <a href={paper.url}>{paper.urlText}</a> ·{" "}
        <span dangerouslySetInnerHTML={{ __html: withSymbols(card.nearest ?? card.title) }} />
      </span>
      <button type="button" class="small" onClick={() => backToCard(store, loaded)}>
        Back to the gallery
      </button>
    </p>
  );
}
