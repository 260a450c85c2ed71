import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../src/", import.meta.url));

interface Import {
  /** Importing file below src, with forward slashes. */
  readonly from: string;
  /** Imported file below src, or the specifier of a package. */
  readonly to: string;
  readonly inside: boolean;
  /** Erased by the compiler: nothing is loaded. */
  readonly typeOnly: boolean;
}

/** Source without comments; strings stay, as specifiers are strings. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, string) => string ?? " ",
  );
}

/** Source without comments and without the contents of strings. */
function withoutStrings(text: string): string {
  return withoutComments(text).replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
}

function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const inside = specifier.startsWith(".");
    const to = inside
      ? relative(root, resolve(dirname(join(root, file)), specifier))
          .split(sep)
          .join("/")
      : specifier;
    found.push({ from: file, to, inside, typeOnly });
  };
  const source = withoutComments(text);
  for (const [, type, clause, specifier] of source.matchAll(
    /\b(?:import|export)\s+(type\s+)?([\w*{][^;"'=()]*?)\s*from\s*["']([^"']+)["']/g,
  )) {
    // `import { type A, type B }` is erased as well: every name carries the word.
    const named = /^\{([\s\S]*)\}$/.exec(clause as string)?.[1];
    const names = named
      ?.split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    const allTypes = names?.every((name) => name.startsWith("type ")) ?? false;
    add(specifier as string, type !== undefined || allTypes);
  }
  for (const [, specifier] of source.matchAll(/\bimport\s*\(\s*["']([^"']+)["']/g)) add(specifier as string, false);
  for (const [, specifier] of source.matchAll(/(?:^|;|\n)\s*import\s*["']([^"']+)["']/g))
    add(specifier as string, false);
  return found;
}

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => file.endsWith(".ts"))
  .sort();
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
const imports = files.flatMap((file) => importsOf(file, texts.get(file) as string));

/** First part of the path: a folder, or a file at the top such as `errors`. */
function layer(file: string): string {
  return (file.split("/")[0] as string).replace(/\.ts$/, "");
}

const leaves = ["constants", "units", "errors", "version"];
const physics = ["nuclei", "flux", "interactions", "detector", "prediction"];
const domain = [...leaves, "numerics", "kernel", ...physics, "experiments", "statistics", "analysis"];

/**
 * The import table: what each part of src may load, besides itself. Downward only. Types may come from further up, as
 * they load nothing: `typesToo`.
 */
const table: Readonly<Record<string, { readonly loads: readonly string[]; readonly typesToo?: readonly string[] }>> = {
  constants: { loads: [] },
  units: { loads: [] },
  errors: { loads: [] },
  version: { loads: [] },
  numerics: { loads: ["errors"] },
  nuclei: { loads: [...leaves, "numerics"] },
  flux: { loads: [...leaves, "numerics"] },
  interactions: { loads: [...leaves, "numerics", "nuclei", "flux"] },
  detector: { loads: [...leaves, "numerics"] },
  experiments: { loads: [...leaves, "numerics", "nuclei", "flux", "detector"] },
  prediction: { loads: [...leaves, "numerics", "nuclei", "flux", "interactions", "detector"] },
  kernel: { loads: ["errors", "numerics"] },
  statistics: { loads: ["errors", "numerics", "kernel"] },
  analysis: { loads: domain },
  figures: { loads: ["errors", "numerics"], typesToo: ["analysis", "statistics"] },
  reproductions: { loads: [...domain, "figures"] },
  report: { loads: [...domain, "figures", "reproductions"] },
  // The kinds of jobs are loaded when a run asks for them.
  engine: { loads: ["errors", "statistics", "reproductions"] },
  node: { loads: [...leaves, "engine", "experiments", "figures", "reproductions"], typesToo: ["analysis", "report"] },
  index: { loads: domain },
  cli: { loads: [...domain, "engine", "figures", "reproductions", "report", "node"] },
};

describe("reading the imports", () => {
  it("understands every form", () => {
    const text = `
      import { a } from "../errors.ts"; // import { no } from "./comment.ts"
      import type { B } from "./types.ts";
      import { type C, type D } from "./all-types.ts";
      import {
        type E,
        f,
      } from "./mixed.ts";
      import * as g from "node:fs";
      export { h } from "./exported.ts";
      export * from "./star.ts";
      export type { I } from "./exported-type.ts";
      import "./side-effect.ts";
      const j = await import("./dynamic.ts");
      /* import { k } from "./block.ts"; */
      const from = "import nothing";`;
    const found = importsOf("statistics/x.ts", text).map(({ to, typeOnly }) => `${to}${typeOnly ? " (type)" : ""}`);
    expect(found.sort()).toEqual([
      "errors.ts",
      "node:fs",
      "statistics/all-types.ts (type)",
      "statistics/dynamic.ts",
      "statistics/exported-type.ts (type)",
      "statistics/exported.ts",
      "statistics/mixed.ts",
      "statistics/side-effect.ts",
      "statistics/star.ts",
      "statistics/types.ts (type)",
    ]);
  });

  it("misses none: every `from` and `import(` in the sources is one", () => {
    expect(files.length).toBeGreaterThan(100);
    for (const [file, text] of texts) {
      const expected =
        withoutComments(text).match(/\bfrom\s*["']\.{0,2}[\w@/.:-]+["']|\bimport\s*\(\s*["']|^import\s*["']/gm) ?? [];
      expect(imports.filter((one) => one.from === file).length, file).toBe(expected.length);
    }
  });

  it("finds each imported file", () => {
    const known = new Set(files);
    for (const { from, to, inside } of imports) {
      if (inside && to.endsWith(".ts")) expect(known.has(to), `${from} imports ${to}`).toBe(true);
    }
  });
});

describe("import table", () => {
  it("has every part of src", () => {
    expect([...new Set(files.map(layer))].filter((name) => !Object.hasOwn(table, name))).toEqual([]);
  });

  it("holds", () => {
    const broken = imports
      .filter(({ from, to, inside, typeOnly }) => {
        if (!inside || !to.endsWith(".ts")) return false;
        const [source, target] = [layer(from), layer(to)];
        if (source === target) return false;
        const rule = table[source];
        return !(rule?.loads.includes(target) || (typeOnly && rule?.typesToo?.includes(target)));
      })
      .map(({ from, to, typeOnly }) => `${from} -> ${to}${typeOnly ? " (type)" : ""}`);
    expect(broken).toEqual([]);
  });

  it("keeps statistics free of physics, and physics free of statistics, at any depth", () => {
    const reaches = (start: string): Set<string> => {
      const seen = new Set<string>();
      const open = files.filter((file) => layer(file) === start);
      while (open.length > 0) {
        const file = open.pop() as string;
        for (const { to, inside } of imports.filter((one) => one.from === file)) {
          if (inside && !seen.has(to)) {
            seen.add(to);
            open.push(to);
          }
        }
      }
      return new Set([...seen].map(layer));
    };
    const statistics = reaches("statistics");
    for (const name of [...physics, "experiments", "analysis", "constants", "units"])
      expect(statistics, name).not.toContain(name);
    for (const name of physics) {
      const reached = reaches(name);
      for (const other of ["statistics", "analysis", "experiments"])
        expect(reached, `${name} -> ${other}`).not.toContain(other);
    }
    expect(reaches("analysis")).toContain("statistics");
    expect(reaches("analysis")).toContain("prediction");
  });

  it("lets physics meet statistics, types included, only where a model is assembled or its data are made", () => {
    // The names of couplings are the vocabulary of parameters, not physics.
    const vocabulary = "interactions/couplings.ts";
    const knows = (file: string, layers: readonly string[]) =>
      imports.some((one) => one.from === file && one.inside && one.to !== vocabulary && layers.includes(layer(one.to)));
    const both = files.filter((file) => layer(file) !== "index" && knows(file, physics) && knows(file, ["statistics"]));
    expect(both).toEqual([
      // What Asimov data are: the model at a truth.
      "analysis/asimov.ts",
      // Templates of all experiments become the blocks of a model,
      "analysis/assemble.ts",
      // component by component, with what their nuisances change.
      "analysis/components.ts",
      // The likelihood with some parameters free.
      "analysis/prepare.ts",
    ]);
  });

  it("lets only node and cli reach the system", () => {
    const system = imports.filter(
      ({ to, inside }) => !inside && (to.startsWith("node:") || /^(fs|path|os|child_process|url|process)$/.test(to)),
    );
    const reaching = new Set(system.map(({ from }) => (from === "engine/node-workers.ts" ? from : layer(from))));
    expect([...reaching].sort()).toEqual(["cli", "engine/node-workers.ts", "node"]);
    for (const [file, text] of texts) {
      if (["node", "cli"].includes(layer(file))) continue;
      expect(withoutStrings(text), file).not.toMatch(/\bprocess\.(env|argv|stdout|stderr|exit|cwd)\b|\brequire\s*\(/);
    }
  });

  it("has no cycles, types included", () => {
    const edges = new Map(
      files.map((file) => [file, imports.filter((one) => one.from === file && one.inside).map((one) => one.to)]),
    );
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
        return;
      }
      state.set(file, "open");
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, "done");
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

describe("sources", () => {
  it("have no default exports", () => {
    for (const [file, text] of texts) {
      expect(withoutStrings(text), file).not.toMatch(/\bexport\s+default\b|\bas\s+default\b/);
    }
  });

  it("are files of one noun: under 300 lines, generated and data tables apart", () => {
    const long = [...texts]
      .filter(([file]) => !/\.generated\.ts$|-data\.ts$/.test(file))
      .map(([file, text]) => [file, text.trimEnd().split("\n").length] as const)
      .filter(([, lines]) => lines >= 300);
    expect(long).toEqual([]);
  });

  it("are not called utils, helpers, common or Manager", () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common)(\/|\.ts$)|manager/i.test(file))).toEqual([]);
  });

  it("read no clock and draw no unseeded randomness below cli", () => {
    for (const [file, text] of texts) {
      if (layer(file) === "cli") continue;
      const source = withoutStrings(text);
      // `new Date(0)` is a constant, `new Date()` a clock.
      expect(source, file).not.toMatch(
        /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bperformance\.now\b/,
      );
      expect(source, file).not.toMatch(/\brandomUUID\b|\brandomBytes\b|\bgetRandomValues\b|\bhrtime\b/);
    }
  });

  it("name no file outside the package", () => {
    for (const [file, text] of texts) expect(text, file).not.toMatch(/\.\.\/shared\b|["'`]\/(work|home|Users|tmp)\//);
  });

  it("are imported with their extension", () => {
    for (const { from, to, inside } of imports) if (inside) expect(to, from).toMatch(/\.(ts|json)$/);
  });
});
