// Rewrites REPRODUCTIONS.md from a fresh run of every paper; needs a build.
import { writeFileSync } from "node:fs";
import { listReproductions, readReproduction, shippedLibrary } from "../dist/node/index.js";
import { markdownOf, reproductionsFile, runReproduction } from "../dist/reproductions/index.js";

const sections = listReproductions().map((paper) =>
  markdownOf(runReproduction(readReproduction(paper), shippedLibrary())),
);
writeFileSync(new URL("../REPRODUCTIONS.md", import.meta.url), reproductionsFile(sections));
