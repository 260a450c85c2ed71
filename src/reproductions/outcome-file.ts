/** What a run of a paper's cases gave, as a file: shown without running anything. */

import { z } from "zod";
import { type Issue, NurecoilError } from "../errors.ts";
import { version } from "../version.ts";
import type { Reproduction } from "./format.ts";
import type { CaseOutcome, ReproductionOutcome } from "./run.ts";

const measured = z.union([z.number(), z.string()]).nullable();

const outcomeSchema = z.strictObject({
  format: z.literal("nurecoil/outcome/1"),
  version: z.string().describe("Program that made it"),
  paper: z.string(),
  cases: z
    .record(
      z.string(),
      z.strictObject({
        ours: measured,
        shifted: z.exactOptional(measured).describe("With the inputs of the offset moved, where it speaks"),
        status: z.enum(["met", "offset", "missed", "not-comparable"]),
        note: z.exactOptional(z.string()).describe("Where it is not that of the case"),
      }),
    )
    .describe("By id; claim, published value and tolerance are in the case file"),
});
export type OutcomeFile = z.infer<typeof outcomeSchema>;

/** Digits kept: more than any tolerance asks for, fewer than differ between machines. */
const DIGITS = 10;

/** A run as its file holds it. */
export function outcomeFile({ paper, outcomes }: ReproductionOutcome): OutcomeFile {
  return {
    format: "nurecoil/outcome/1",
    version,
    paper: paper.paper,
    cases: Object.fromEntries(
      outcomes.map(({ case: one, ours, shifted, status, note }) => [
        one.id,
        {
          ours: shortened(ours),
          ...(shifted !== null && { shifted: shortened(shifted) }),
          status,
          ...(note !== one.note && { note }),
        },
      ]),
    ),
  };
}

function shortened(value: number | string | null): number | string | null {
  return typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value;
}

/**
 * Outcomes of a paper's cases from its file, in the order of the cases.
 * @throws NurecoilError (file) for a wrong file and for one of other cases
 */
export function parseOutcome(data: unknown, file: string, paper: Reproduction): readonly CaseOutcome[] {
  const result = outcomeSchema.safeParse(data);
  const issues: Issue[] = result.success
    ? otherCases(result.data, paper)
    : result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  if (!result.success || issues.length > 0) {
    throw new NurecoilError(
      "file",
      issues.map((issue) => ({ file, ...issue })),
    );
  }
  return paper.cases.map((one) => {
    const { ours, shifted = null, status, note = one.note } = result.data.cases[one.id]!;
    return { case: one, ours, shifted, status, note };
  });
}

const AGAIN = "run npm run reproductions";

function otherCases(file: OutcomeFile, { paper, cases }: Reproduction): Issue[] {
  const known = new Set(cases.map(({ id }) => id));
  return [
    ...(file.paper === paper ? [] : [{ path: "paper", message: `is of ${file.paper}, not of ${paper}`, hint: AGAIN }]),
    ...cases
      .filter(({ id }) => !Object.hasOwn(file.cases, id))
      .map(({ id }) => ({ path: "cases", message: `the case "${id}" is missing`, hint: AGAIN })),
    ...Object.keys(file.cases)
      .filter((id) => !known.has(id))
      .map((id) => ({ path: `cases.${id}`, message: "the paper has no such case", hint: AGAIN })),
  ];
}
