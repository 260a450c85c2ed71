// Writes gallery.json and its small pictures for the page: node scripts/gallery.mjs <folder>; needs a build.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listReproductions, readReproduction } from "../dist/node/index.js";
import { galleryIndex, parseCards, parseOutcome, picturePath } from "../dist/reproductions/index.js";

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error("usage: node scripts/gallery.mjs <folder>");
const root = fileURLToPath(new URL("../reproductions/", import.meta.url));

/** Papers of couplings come first. */
const ORDER = ["1806.07424", "nufact2021-gni", "coherent-official", "2008.06062"];
const place = (paper) => (ORDER.includes(paper) ? ORDER.indexOf(paper) : ORDER.length);
const papers = listReproductions().sort((a, b) => place(a) - place(b));

const read = (paper, name) => {
  const file = join(root, paper, name);
  return [JSON.parse(readFileSync(file, "utf8")), file];
};
const figuresOf = (paper) => readdirSync(join(root, paper, "figures")).map((file) => file.replace(/\.png$/, ""));

const sources = papers.map((name) => {
  const paper = readReproduction(name);
  return {
    paper,
    cards: parseCards(...read(name, "cards.json"), paper, figuresOf(name)),
    outcomes: parseOutcome(...read(name, "outcome.json"), paper),
  };
});
const index = galleryIndex(sources);
mkdirSync(target, { recursive: true });
writeFileSync(join(target, "gallery.json"), JSON.stringify(index));
for (const { paper, cards } of sources) {
  for (const { figure } of cards.cards) {
    if (figure === null) continue;
    const to = join(target, picturePath(paper.paper, figure));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, paper.paper, "figures", `${figure}.png`), to);
  }
}
