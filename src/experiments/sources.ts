/**
 * Where numbers come from: one entry per paper or data release, in the fields BibTeX needs.
 */
import { z } from "zod";
import { NurecoilError } from "../errors.ts";
import { textSchema } from "./schema-parts.ts";

export const sourceSchema = z
  .strictObject({
    key: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9:._+/-]*$/, "must be letters, digits and : . _ + / -")
      .describe("BibTeX key, by custom the one of INSPIRE, e.g. COHERENT:2017ipa"),
    type: z.enum(["article", "misc"]).describe("BibTeX entry type; misc for data releases"),
    authors: textSchema.describe("BibTeX names: `Last, First and Last, First and others`"),
    collaboration: z.exactOptional(textSchema).describe("Collaboration, where the work is signed by one"),
    title: textSchema.describe("Title, plain text"),
    journal: z.exactOptional(textSchema).describe("Journal, abbreviated; required for an article"),
    volume: z.exactOptional(textSchema).describe("Volume"),
    pages: z.exactOptional(textSchema).describe("Pages or article number"),
    year: z.int().min(1800).max(2200).describe("Year of publication"),
    doi: z
      .exactOptional(z.string().regex(/^10\.\d{4,9}\/[^\s{}]+$/, "must be a DOI such as 10.1126/science.aao0990"))
      .describe("DOI without a resolver in front"),
    arxiv: z
      .exactOptional(
        z
          .string()
          .regex(/^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})$/, "must be an arXiv number such as 1708.01294"),
      )
      .describe("arXiv number without version"),
  })
  .check((context) => {
    if (context.value.type === "article" && context.value.journal === undefined)
      context.issues.push({
        code: "custom",
        message: "an article needs a journal",
        input: undefined,
        path: ["journal"],
      });
  })
  .describe("A paper or a data release");

/** A paper or a data release, as experiment files and formulas cite it. */
export type Source = z.infer<typeof sourceSchema>;

/** Characters that BibTeX text fields read as commands, and what prints them. */
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

function escapeText(text: string): string {
  return text.replace(/[\\{}~^&%$#_]/g, (character) => escapes[character] ?? `\\${character}`);
}

/**
 * One BibTeX entry.
 * @param source what is cited
 * @returns the entry without a final newline; capitals of the title are protected, arXiv numbers go into `eprint` and
 * `archivePrefix`
 * @example toBibtex({ key: "Freedman:1973yd", type: "article", authors: "Freedman, Daniel Z.", title: "Coherent effects
 * of a weak neutral current", journal: "Phys. Rev. D", volume: "9", pages: "1389-1392", year: 1974 }) starts with
 * `@article{Freedman:1973yd,`
 */
export function toBibtex(source: Source): string {
  const fields: [string, string | undefined][] = [
    ["author", escapeText(source.authors)],
    ["collaboration", source.collaboration && escapeText(source.collaboration)],
    ["title", `{${escapeText(source.title)}}`],
    ["journal", source.journal && escapeText(source.journal)],
    ["volume", source.volume && escapeText(source.volume)],
    ["pages", source.pages && escapeText(source.pages).replace(/(?<=\d)-(?=\d)/, "--")],
    ["year", String(source.year)],
    // Identifiers are not text: BibTeX styles take them as they are.
    ["doi", source.doi],
    ["eprint", source.arxiv],
    ["archivePrefix", source.arxiv && "arXiv"],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},`]));
  return `@${source.type}{${source.key},\n${lines.join("\n")}\n}`;
}

/**
 * BibTeX of several sources, each key once, in the order given.
 * @throws NurecoilError (file) listing every key that stands for two different entries
 */
export function toBibliography(sources: Iterable<Source>): string {
  const entries = new Map<string, string>();
  const clashes = new Set<string>();
  for (const source of sources) {
    const entry = toBibtex(source);
    const known = entries.get(source.key);
    if (known === undefined) entries.set(source.key, entry);
    else if (known !== entry) clashes.add(source.key);
  }
  if (clashes.size > 0)
    throw new NurecoilError(
      "file",
      [...clashes].map((key) => ({ message: `BibTeX key "${key}" stands for two different sources` })),
    );
  return `${[...entries.values()].join("\n\n")}\n`;
}
