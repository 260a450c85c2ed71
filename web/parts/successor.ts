/** Where the focus goes when the row that had it is gone: to the row in its place. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Pressed {
  readonly name: string;
  readonly index: number;
  /** Class of the button that was pressed: a row that takes the place of another may have it too. */
  readonly button: string;
}

/**
 * @param names of the rows in their order, each an element with data-coupling
 * @returns for the element around the rows and what stands below them
 */
export function useSuccessor<T extends HTMLElement>(names: readonly string[]): RefObject<T | null> {
  const whole = useRef<T>(null);
  const pressed = useRef<Pressed | null>(null);
  const now = useRef(names);
  now.current = names;
  useLayoutEffect(() => {
    const element = whole.current;
    const onClick = ({ target }: Event): void => {
      const button = target instanceof Element ? target.closest("button") : null;
      const name = button?.closest<HTMLElement>("li[data-coupling]")?.dataset["coupling"];
      pressed.current =
        button === null || name === undefined
          ? null
          : { name, index: now.current.indexOf(name), button: [...button.classList].at(-1) ?? "" };
    };
    element?.addEventListener("click", onClick, { capture: true });
    return () => element?.removeEventListener("click", onClick, { capture: true });
  }, []);
  useLayoutEffect(() => {
    const last = pressed.current;
    if (last === null || names.includes(last.name)) return;
    pressed.current = null;
    // Who went elsewhere meanwhile stays there.
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const rows = [...(whole.current?.querySelectorAll("li[data-coupling]") ?? [])];
    const row = rows[Math.min(last.index, rows.length - 1)];
    const same = last.button === "coupling-flavours" ? row?.querySelector<HTMLElement>(`.${last.button}`) : null;
    const next = same ?? (row ?? whole.current)?.querySelector<HTMLElement>("input[type=range], summary");
    next?.focus();
  }, [names.join()]);
  return whole;
}
