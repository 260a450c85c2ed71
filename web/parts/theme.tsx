/** Light or dark: the reader's choice, else the system's. */

import { computed, signal } from "@preact/signals";

type Choice = "system" | "light" | "dark";

const KEY = "nurecoil-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const system = signal(dark.matches);
dark.addEventListener("change", () => {
  system.value = dark.matches;
});

/** Stored only to be there at the next visit; a browser may forbid it. */
function stored(): Choice {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : "system";
  } catch {
    return "system";
  }
}

const choice = signal<Choice>(stored());

/** The theme that figures and page have now. */
export const theme = computed<"light" | "dark">(() => {
  if (choice.value !== "system") return choice.value;
  return system.value ? "dark" : "light";
});

export function ThemeToggle() {
  document.documentElement.dataset["theme"] = theme.value;
  const other = theme.value === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      class="icon"
      aria-label={`Change to the ${other} theme`}
      title={`Change to the ${other} theme`}
      onClick={() => {
        choice.value = other;
        try {
          localStorage.setItem(KEY, other);
        } catch {
          // Forbidden: the choice lasts as long as the page.
        }
      }}
    >
      {theme.value === "dark" ? "☀" : "☾"}
    </button>
  );
}
