// Rewrites what a fresh run of every paper gives, or of those named: REPRODUCTIONS.md (all papers), and for each
// reproductions/<paper>/outcome.json and small pictures of its figures; needs a build.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { toSvg } from "../dist/figures/index.js";
import { listReproductions, readReproduction, shippedLibrary } from "../dist/node/index.js";
import { runReproductionInWorkers } from "../dist/node/run-reproduction.js";
import {
  markdownOf,
  outcomeFile,
  reproductionFigures,
  reproductionsFile,
  thumbnailOf,
} from "../dist/reproductions/index.js";
import { indexedPng } from "./indexed-png.mjs";

/** Width of small pictures. */
const PIXELS = 480;

const root = new URL("../", import.meta.url);
const named = process.argv.slice(2);
const sections = [];
for (const paper of named.length > 0 ? named : listReproductions()) {
  const outcome = await runReproductionInWorkers(readReproduction(paper), shippedLibrary(), { workers: 2 });
  sections.push(markdownOf(outcome));
  const folder = new URL(`reproductions/${paper}/`, root);
  writeFileSync(new URL("outcome.json", folder), `${JSON.stringify(outcomeFile(outcome), null, 1)}\n`);
  const pictures = new URL("figures/", folder);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures);
  for (const spec of reproductionFigures[paper]?.(outcome.session) ?? []) {
    const drawing = new Resvg(toSvg(thumbnailOf(spec)), {
      fitTo: { mode: "width", value: PIXELS },
      background: "#ffffff",
      font: { loadSystemFonts: false },
    });
    writeFileSync(new URL(`${spec.id}.png`, pictures), indexedPng(drawing.render()));
  }
}
if (named.length === 0) writeFileSync(new URL("REPRODUCTIONS.md", root), reproductionsFile(sections));
