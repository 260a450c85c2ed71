/** Finds the browser of the end-to-end tests and starts it. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

interface FoundBrowser {
  readonly path: string;
  readonly args: readonly string[];
}

const NAMES = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Memory is measured at once, not with the next collection of garbage.
  "--enable-blink-features=ForceEagerMeasureMemory",
];

/** What is said where no browser is found. */
export const NO_BROWSER = "no Chromium here: install it (apt-get install chromium) or name one in CHROME_PATH";

/** $CHROME_PATH, then Chromium or Chrome on the PATH, then the one that @sparticuz/chromium brings if it is installed. */
async function findBrowser(): Promise<FoundBrowser | undefined> {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which is not there`);
    return { path: named, args: [] };
  }
  const folders = ["/usr/bin", ...(process.env["PATH"] ?? "").split(delimiter)];
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
  if (path !== undefined) return { path, args: [] };
  try {
    // Not a dependency: a name that the compiler does not look up.
    const brought = "@sparticuz/chromium";
    const { default: packed } = (await import(/* @vite-ignore */ brought)) as {
      readonly default: { readonly executablePath: () => Promise<string> };
    };
    // Its own defaults switch cross-origin isolation off.
    return { path: await packed.executablePath(), args: ["--headless=shell", "--no-zygote"] };
  } catch {
    return undefined;
  }
}

export const found: FoundBrowser | undefined = await findBrowser();

/** @throws Error where none is found */
export function startBrowser(): Promise<Browser> {
  if (found === undefined) throw new Error(NO_BROWSER);
  return chromium.launch({ executablePath: found.path, args: [...FLAGS, ...found.args], timeout: 60_000 });
}
