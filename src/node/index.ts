/** What needs a file system or a native library: experiments and reproductions on disk, reports, PNG. */

export { toPdf } from "../figures/pdf.ts";
export {
  importReleaseFolder,
  listShippedExperiments,
  readExperimentFolder,
  readShipped,
} from "./experiment-folder.ts";
export { shippedLibrary } from "./library.ts";
export { toPng } from "./png.ts";
export { checkReportFolder, reportFiles, writeReport } from "./report-folder.ts";
export { listReproductions, readReproduction } from "./reproduction-folder.ts";
export { type WriteOptions, writeFileAtomic, writeFolder } from "./write-folder.ts";
