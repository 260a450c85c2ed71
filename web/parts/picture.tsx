/** A drawn figure on the page, in a frame that keeps its place before it is there. */

import type { ComponentChildren } from "preact";
import type { Drawing } from "../desk/pictures.ts";

interface PictureProps {
  readonly drawing: Drawing | null;
  /** Height kept free, in pixels. */
  readonly height: number;
  readonly busy: boolean;
  /** What lies over the figure. */
  readonly children?: ComponentChildren;
}

export function Picture({ drawing, height, busy, children }: PictureProps) {
  return (
    <div class="picture" style={{ minHeight: `${height}px` }} data-busy={busy}>
      {drawing === null ? null : <div class="drawing" dangerouslySetInnerHTML={{ __html: drawing.svg }} />}
      {children}
    </div>
  );
}
