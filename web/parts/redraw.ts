/** Drawings that follow the pointer: of the new one only what differs is put on the page. */

/**
 * Make an element show a drawing. What is the same stays, with its style, its layout and what is painted of it.
 * @param svg as `toSvg` writes it
 */
export function redraw(place: Element, svg: string): void {
  const parsed = document.createElement("template");
  parsed.innerHTML = svg;
  follow(place, parsed.content);
}

function follow(shown: Node, next: Node): void {
  const before = [...shown.childNodes];
  const after = [...next.childNodes];
  after.forEach((one, i) => {
    const old = before[i];
    if (old === undefined) shown.appendChild(one);
    else if (old.isEqualNode(one)) return;
    else if (isSameFrame(old, one)) follow(old, one);
    else shown.replaceChild(one, old);
  });
  for (const old of before.slice(after.length)) shown.removeChild(old);
}

/** Whether two elements differ in what they hold alone. */
function isSameFrame(old: Node, next: Node): boolean {
  return old.hasChildNodes() && next.hasChildNodes() && old.cloneNode(false).isEqualNode(next.cloneNode(false));
}
