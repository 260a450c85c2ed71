import fc from "fast-check";
import { expect, it } from "vitest";
import { parseExperiment } from "../../src/experiments/parse.ts";
import { type Source, sourceSchema, toBibliography, toBibtex } from "../../src/experiments/sources.ts";
import { issuesOf, shippedTexts } from "./shipped.ts";

const { sources } = parseExperiment(shippedTexts(), "coherent-csi-2017").file;

it("writes the entry of the first observation", () => {
  expect(toBibtex(sources["observation"] as Source)).toBe(`@article{COHERENT:2017ipa,
  author = {Akimov, D. and others},
  collaboration = {COHERENT},
  title = {{Observation of Coherent Elastic Neutrino-Nucleus Scattering}},
  journal = {Science},
  volume = {357},
  pages = {1123--1126},
  year = {2017},
  doi = {10.1126/science.aao0990},
  eprint = {1708.01294},
  archivePrefix = {arXiv},
}`);
});

it("writes every source once, unique by key", () => {
  const all = Object.values(sources);
  const text = toBibliography([...all, ...all]);
  const keys = [...text.matchAll(/^@\w+\{(.*),$/gm)].map(([, key]) => key);
  expect(keys).toEqual(["COHERENT:2018imc", "COHERENT:2017ipa", "AristizabalSierra:2018eqm"]);
});

it("refuses one key for two sources", () => {
  const [first, second] = Object.values(sources) as [Source, Source];
  expect(issuesOf(() => toBibliography([first, { ...second, key: first.key }]))[0]?.message).toContain(first.key);
});

it("escapes what BibTeX would read as a command, and keeps identifiers", () => {
  const entry = toBibtex({
    key: "a",
    type: "misc",
    authors: "A & B",
    title: "50 % of {x_1} ~ \\y^2 # $",
    year: 2000,
    doi: "10.1000/a_b",
  });
  expect(entry).toContain("author = {A \\& B}");
  expect(entry).toContain(
    "title = {{50 \\% of \\{x\\_1\\} \\textasciitilde{} \\textbackslash{}y\\textasciicircum{}2 \\# \\$}}",
  );
  expect(entry).toContain("doi = {10.1000/a_b}");
});

it("leaves no brace open, whatever a title holds", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (title) => {
      const entry = toBibtex({ key: "a", type: "misc", authors: "A", title, year: 2000 });
      const braces = [...entry.replace(/\\[\\{}]/g, "").matchAll(/[{}]/g)].map(([brace]) => (brace === "{" ? 1 : -1));
      let depth = 0;
      braces.forEach((step, i) => {
        depth += step;
        if (i < braces.length - 1) expect(depth).toBeGreaterThan(0);
      });
      expect(depth).toBe(0);
    }),
  );
});

it.each([
  { key: "a b" },
  { key: "a,b" },
  { doi: "https://doi.org/10.1/x" },
  { arxiv: "1708.01294v2" },
  { year: 17 },
  { year: 2017.5 },
  { type: "article" },
])("refuses %j", (change) => {
  const source = { key: "a", type: "misc", authors: "A", title: "t", year: 2000 };
  expect(sourceSchema.safeParse(source).success).toBe(true);
  expect(sourceSchema.safeParse({ ...source, ...change }).success).toBe(false);
});
