/** The page as static files: relative paths, so that it works below any folder of any host. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const experiments = readdirSync(here("../experiments")).sort();
const filesOf = (id: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(here(`../experiments/${id}`))
      .filter((name) => /\.(json|csv)$/.test(name))
      .sort()
      .map((name) => [name, readFileSync(here(`../experiments/${id}/${name}`), "utf8")]),
  );

/** What menus need of an experiment before its data are there. */
function entryOf(id: string) {
  const { title, summary, overlaps, likelihoods } = JSON.parse(filesOf(id)["experiment.json"]!);
  return {
    id,
    title,
    summary,
    overlaps,
    likelihoods: likelihoods.map((one: { id: string; description: string; statistics: string }) => ({
      id: one.id,
      description: one.description,
      projection: one.statistics === "projection",
    })),
  };
}

/** Each experiment's folder as one file, fetched when it is first asked for. */
const experimentData: Plugin = {
  name: "experiment-data",
  generateBundle() {
    for (const id of experiments) {
      const source = JSON.stringify({ format: "nurecoil/folder/1", files: filesOf(id) });
      this.emitFile({ type: "asset", fileName: `experiments/${id}.json`, source });
    }
  },
};

export default defineConfig({
  root: here("."),
  base: "./",
  publicDir: here("public"),
  plugins: [experimentData],
  define: { EXPERIMENTS: JSON.stringify(experiments.map(entryOf)) },
  resolve: {
    alias: [
      { find: /^nurecoil$/, replacement: here("../src/index.ts") },
      { find: /^nurecoil\/(.+)$/, replacement: here("../src/$1/index.ts") },
    ],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    outDir: here("../dist/web"),
    emptyOutDir: true,
    target: "es2023",
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The analysis with its figures is one program: parts of it would wait for each other.
    chunkSizeWarningLimit: 700,
  },
});
