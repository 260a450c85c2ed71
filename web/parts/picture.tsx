/** A drawn figure on the page, in a frame that keeps its place before it is there. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Drawing } from "../desk/pictures.ts";
import { redraw } from "./redraw.ts";

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
      {drawing === null ? null : <Drawn svg={drawing.svg} />}
      {children}
    </div>
  );
}

/** Not set as markup of a component: to compare it, all of the old drawing would be written out at every step. */
function Drawn({ svg }: { readonly svg: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current !== null) redraw(place.current, svg);
  }, [svg]);
  return <div class="drawing" ref={place} />;
}
