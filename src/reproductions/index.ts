/** Reproductions: the claims of papers, run and judged. */

import type { FigureSpec } from "../figures/spec.ts";
import { figuresOf180607424 } from "./figures-1806.07424.ts";
import { figuresOf200806062 } from "./figures-2008.06062.ts";
import { figuresOfCoherentOfficial } from "./figures-coherent-official.ts";
import { figuresOfNufact2021Gni } from "./figures-nufact2021-gni.ts";
import type { Session } from "./session.ts";

export { type Card, type CardState, type Cards, type CardView, parseCards } from "./cards.ts";
export {
  type BestFitClaim,
  type IntervalClaim,
  type PointClaim,
  type PublishedClaim,
  publishedClaims,
  type ReachClaim,
} from "./claims.ts";
export { parseReproduction, type Reproduction, type ReproductionCase } from "./format.ts";
export {
  type Gallery,
  type GalleryCard,
  type GalleryRow,
  type GallerySource,
  galleryIndex,
  picturePath,
  type StatusCounts,
} from "./gallery.ts";
export { htmlOf, type ReportFigure } from "./html.ts";
export { markdownOf, reproductionsFile } from "./markdown.ts";
export { type OutcomeFile, outcomeFile, parseOutcome } from "./outcome-file.ts";
export { groupsOf, type Row, rowsOf, summary } from "./rows.ts";
export {
  type CaseOutcome,
  movedInputs,
  plannedQuestions,
  type ReproductionOutcome,
  reproduceResult,
  runReproduction,
  shareOfCases,
} from "./run.ts";
export { openSession, type Session, type SessionInputs } from "./session.ts";
export { withSymbols } from "./symbols-html.ts";
export { thumbnailOf } from "./thumbnail.ts";

/** Figures of each paper; a paper without an entry has none. */
export const reproductionFigures: Readonly<Record<string, (session: Session) => readonly FigureSpec[]>> = {
  "1806.07424": figuresOf180607424,
  "2008.06062": figuresOf200806062,
  "coherent-official": figuresOfCoherentOfficial,
  "nufact2021-gni": figuresOfNufact2021Gni,
};
