import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../web/", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => /\.(ts|tsx)$/.test(file) && !file.startsWith("build/") && file !== "vite.config.ts")
  .sort();
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
const { exports: doors } = JSON.parse(readFileSync(join(root, "../package.json"), "utf8")) as { exports: object };
const publicDoors = Object.keys(doors).map((door) => `nurecoil${door.slice(1)}`);
const packages = ["preact", "preact/hooks", "@preact/signals"];

/** Every specifier of a file, of types too. */
function specifiersOf(text: string): string[] {
  const code = text.replace(/("(?:\\.|[^"\\\n])*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (_, string) => string ?? " ");
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, specifier]) => specifier!);
}

/** What does the heavy work: loaded by workers, or when workers are blocked. Its entry is `desk/desk.ts`. */
const behindDesk = ["answers", "analyses", "facts", "library", "pictures", "take-away", "desk", "worker"];

describe("the page", () => {
  it("has files to look at", () => expect(files.length).toBeGreaterThan(25));

  it.each(files)("%s imports public doors, its own files and the packages of the page", (file) => {
    for (const specifier of specifiersOf(textOf(file))) {
      if (specifier.startsWith(".")) {
        const target = resolve(root, file, "..", specifier);
        expect(target.startsWith(resolve(root)), `${file}: ${specifier}`).toBe(true);
      } else expect([...packages, ...publicDoors], file).toContain(specifier);
    }
  });

  it.each(files)("%s has fewer than 300 lines", (file) => {
    expect(textOf(file).split("\n").length).toBeLessThan(300);
  });

  it("keeps what is heavy out of its own thread: only types come from behind the desk", () => {
    for (const file of files.filter((one) => !one.startsWith("desk/"))) {
      const code = textOf(file);
      for (const [, clause, specifier] of code.matchAll(/import\s+([^"]*?)\s*from\s*"([^"]+)"/g)) {
        const name = /desk\/([a-z-]+)\.tsx?$/.exec(specifier!)?.[1];
        if (name === undefined || !behindDesk.includes(name)) continue;
        expect(clause, `${file} loads ${specifier}`).toMatch(/^type\b/);
      }
    }
  });

  it("holds no constant of physics", () => {
    // sin^2 theta_W, Fermi's constant, masses of the muon and pion: whoever needs one asks the library.
    for (const file of files) expect(textOf(file), file).not.toMatch(/0\.23[18]|1\.166|105\.65|139\.57|29\.79/);
  });
});
