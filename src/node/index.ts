/** What needs a file system: experiments and reproductions on disk, reports, PDF and PNG. */

export {
  importReleaseFolder,
  listShippedExperiments,
  readExperimentFolder,
  readShipped,
} from "./experiment-folder.ts";
export { shippedLibrary } from "./library.ts";
export { toPdf } from "./pdf.ts";
export { toPng } from "./png.ts";
export { checkReportFolder, reportFiles, writeReport } from "./report-folder.ts";
export { listReproductions, readReproduction } from "./reproduction-folder.ts";
export { type WriteOptions, writeFileAtomic, writeFolder } from "./write-folder.ts";
