/** A button and the menu it opens: Escape and a press elsewhere close it, and the focus returns. */

import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface Disclosure {
  readonly open: Signal<boolean>;
  /** Around button and menu. */
  readonly whole: RefObject<HTMLDivElement | null>;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly toggle: () => void;
}

/** @param onOpen called before the menu is shown */
export function useDisclosure(onOpen: () => void): Disclosure {
  const open = useSignal(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // Before the menu is painted: a key pressed at once must be heard.
  useLayoutEffect(() => {
    if (!open.value) return;
    const close = (): void => {
      open.value = false;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
      button.current?.focus();
    };
    const onOutside = ({ target }: Event): void => {
      if (target instanceof Node && whole.current?.contains(target) === false) close();
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onOutside);
    document.addEventListener("focusin", onOutside);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onOutside);
      document.removeEventListener("focusin", onOutside);
    };
  }, [open.value, open]);
  return {
    open,
    whole,
    button,
    toggle: () => {
      if (!open.peek()) onOpen();
      open.value = !open.peek();
    },
  };
}
