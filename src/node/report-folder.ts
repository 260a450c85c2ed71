/** A report on disk: a page, tables, figures in three formats, and a manifest that says the folder is ours. */

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { NurecoilError } from "../errors.ts";
import { figure, toPdf, toSvg } from "../figures/index.ts";
import { htmlOf, type ReportFigure } from "../reproductions/html.ts";
import {
  markdownOf,
  type ReproductionOutcome,
  reproduceResult,
  reproductionFigures,
  reproductionsFile,
} from "../reproductions/index.ts";
import { version } from "../version.ts";
import { checkWritableFolder, writeFolder } from "./write-folder.ts";

const MANIFEST = "manifest.json";

/**
 * All files of a report, drawn: page, Markdown, result, figures as SVG, PDF and PNG. The same bytes in every run.
 * @param onProgress share of the figures done
 * @returns contents by path inside the folder
 */
export async function reportFiles(
  outcome: ReproductionOutcome,
  onProgress?: (share: number, what: string) => void,
): Promise<Record<string, string | Uint8Array>> {
  const { toPng } = await import("./png.ts");
  const specs = reproductionFigures[outcome.paper.paper]?.(outcome.session) ?? [];
  const files: Record<string, string | Uint8Array> = {};
  const drawn: ReportFigure[] = [];
  for (const [k, spec] of specs.entries()) {
    onProgress?.(k / specs.length, spec.id);
    const one = figure(spec);
    const svg = toSvg(one);
    files[`figures/${spec.id}.svg`] = svg;
    files[`figures/${spec.id}.pdf`] = toPdf(one);
    files[`figures/${spec.id}.png`] = toPng(one);
    drawn.push({ id: spec.id, title: spec.title, description: spec.description, svg });
  }
  files["index.html"] = htmlOf(outcome, drawn, version);
  files["REPRODUCTIONS.md"] = reproductionsFile([markdownOf(outcome)]);
  const paths = [...Object.keys(files), "result.json", MANIFEST].sort();
  files["result.json"] = `${JSON.stringify(reproduceResult(outcome, paths), null, 2)}\n`;
  files[MANIFEST] =
    `${JSON.stringify({ format: "nurecoil/report/1", paper: outcome.paper.paper, version, files: paths }, null, 2)}\n`;
  return files;
}

/**
 * Refuse a folder that is not ours, before the work is done rather than after it.
 * @throws NurecoilError (usage) when it holds anything that no manifest of this paper lists: it is left alone
 */
export function checkReportFolder(folder: string, paper: string, force = false): void {
  checkWritableFolder(folder);
  if (force || !existsSync(folder)) return;
  const earlier = earlierReport(folder, paper);
  const foreign = filesIn(folder).filter((path) => !earlier.includes(path));
  if (foreign.length === 0) return;
  const what =
    foreign.length === 1 ? `"${foreign[0]}", which is` : `${foreign.length} files ("${foreign[0]}", ...) that are`;
  throw new NurecoilError("usage", [
    {
      file: folder,
      message: `holds ${what} no part of an earlier report of ${paper}`,
      hint: "choose another folder with -o, or --force to write beside it",
    },
  ]);
}

/** Write a report, replacing an earlier one of the same paper in that folder. @throws as `checkReportFolder` */
export function writeReport(
  folder: string,
  paper: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  force = false,
): void {
  checkReportFolder(folder, paper, force);
  const earlier = earlierReport(folder, paper);
  writeFolder(folder, files, { force: true });
  for (const path of earlier) if (!Object.hasOwn(files, path)) rmSync(join(folder, path), { force: true });
}

function earlierReport(folder: string, paper: string): readonly string[] {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST), "utf8")) as {
      format?: string;
      paper?: string;
      files?: unknown;
    };
    if (manifest.format !== "nurecoil/report/1" || manifest.paper !== paper || !Array.isArray(manifest.files))
      return [];
    return manifest.files.filter((path): path is string => typeof path === "string" && !path.includes(".."));
  } catch {
    return [];
  }
}

function filesIn(folder: string, inside = ""): string[] {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}
