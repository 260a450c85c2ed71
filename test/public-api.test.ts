/** The public surface, frozen: a name that appears or goes is a decision, not an accident. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { version } from "../src/version.ts";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

it("has the version of package.json", () => {
  expect(version).toBe(manifest.version);
});

const doors = Object.entries(manifest.exports as Record<string, { types: string; default: string }>).filter(
  ([door]) => door !== "./package.json",
);

it.each(doors)("%s exports what it did", async (door, { types, default: built }) => {
  const source = built.replace("./dist/", "../src/").replace(/\.js$/, ".ts");
  expect(types).toBe(built.replace(/\.js$/, ".d.ts"));
  const names = Object.keys(await import(source)).sort();
  await expect(`${names.join("\n")}\n`).toMatchFileSnapshot(`public-api/${door === "." ? "root" : door.slice(2)}.txt`);
});
