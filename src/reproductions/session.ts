/** The analyses of a paper: asked by name and question, each done once. */

import { chi2 } from "../analysis/chi2.ts";
import { feldmanCousins } from "../analysis/feldman-cousins.ts";
import { fit } from "../analysis/fit.ts";
import { impacts } from "../analysis/impacts.ts";
import { predict } from "../analysis/predict.ts";
import { type ExperimentLibrary, type PreparedAnalysis, prepare } from "../analysis/prepare.ts";
import { region } from "../analysis/region.ts";
import type {
  FitResult,
  Impact,
  PredictResult,
  RegionResult,
  ScanResult,
  SpectrumResult,
} from "../analysis/results.ts";
import { scan } from "../analysis/scan.ts";
import { parseSpec, type ResultSpec, type SpecInput } from "../analysis/spec.ts";
import { spectrum, spectrumTarget } from "../analysis/spectrum.ts";
import type { FcResult } from "../analysis/toy-results.ts";
import { expectedEvaluations } from "./costs.ts";
import { withEdges } from "./edges.ts";
import type { Reproduction } from "./format.ts";
import { helicityDifference } from "./helicity.ts";
import { specOf } from "./paper-spec.ts";
import { type Question, questionKey, type Recoil } from "./questions.ts";

type Values = Readonly<Record<string, number>>;

/** Asks the analyses of one paper, remembering answers. */
export interface Session {
  readonly paper: Reproduction;
  /** The same questions to another analysis of the paper, by its name in the case file; null: the paper's own. */
  readonly of: (analysis: string | null) => Session;
  /** What the analysis is, complete. */
  readonly spec: () => ResultSpec;
  readonly fit: (free: readonly string[]) => FitResult;
  /**
   * The Feldman-Cousins interval that the spec of the analysis asks for. It is worked out by `answerToys` alone, which
   * waits for toys: a session only remembers it.
   */
  readonly feldmanCousins: () => FcResult;
  /** Every profiled nuisance at the fit, with its standard deviation. */
  readonly impacts: (free: readonly string[]) => readonly Impact[];
  readonly predict: (parameters: Values, recoil: Recoil) => PredictResult;
  readonly chi2: (parameters: Values) => number;
  /** Largest relative difference between neutrinos and antineutrinos of the same energies. */
  readonly helicity: (parameters: Values) => number;
  /** Levels: those of the analysis (90 % and 99 % where it names none), or `cls`. */
  readonly region: (plane: readonly [string, string], dof: number, cls?: readonly number[]) => RegionResult;
  readonly scan: (parameter: string, low: number, high: number, n: number, profile: readonly string[]) => ScanResult;
  /** Spectra and flux-averaged cross sections of the one experiment, without new couplings. */
  readonly spectrum: () => SpectrumResult;
}

/** Told of every question that is worked on, not of those that are remembered. */
export interface Watch {
  /** @returns called with the share of this question done */
  readonly begin: (key: string) => (share: number) => void;
  readonly end: (key: string) => void;
}

/** Answers that are known already, by `questionKey`. */
export type Answers = ReadonlyMap<string, unknown>;

/** Choices that replace the paper's in every analysis: what if? */
export type SessionInputs = Pick<SpecInput, "parameters" | "formFactor" | "recoil">;

/**
 * @param inputs choices on top of the paper's own (none: the paper as it is)
 * @param watch told when work begins and ends
 * @param answers known already: not worked out again
 */
export function openSession(
  paper: Reproduction,
  library: ExperimentLibrary,
  inputs: SessionInputs = {},
  watch?: Watch,
  answers: Answers = new Map(),
): Session {
  const memory = new Map(answers);
  const sessions = new Map<string | null, Session>();
  const of = (analysis: string | null): Session => {
    const known = sessions.get(analysis) ?? sessionOf(analysis);
    sessions.set(analysis, known);
    return known;
  };
  const sessionOf = (analysis: string | null): Session => {
    const once = <T>(question: Question, spec: SpecInput, work: (analysis: PreparedAnalysis) => T): T => {
      const key = questionKey(analysis, question);
      if (!memory.has(key)) {
        const onProgress = watch?.begin(key);
        const prepared = prepareOf(paper, library, inputs, analysis, spec);
        memory.set(key, work(onProgress === undefined ? prepared : counted(prepared, question, onProgress)));
        watch?.end(key);
      }
      return memory.get(key) as T;
    };
    return {
      paper,
      of,
      spec: () => once({ kind: "spec" }, {}, ({ spec }) => spec),
      fit: (free) => once({ kind: "fit", free }, { free: [...free] }, (one) => fit(one)),
      feldmanCousins: () =>
        once({ kind: "feldman-cousins" }, {}, () => {
          throw new Error(`${paper.paper}: toys of "${analysis}" are not there; runReproductionInWorkers throws them`);
        }),
      impacts: (free) => once({ kind: "impacts", free }, { free: [...free] }, (one) => impacts(one)),
      predict: (parameters, recoil) =>
        once(
          { kind: "predict", parameters, recoil },
          { parameters: { ...parameters }, recoil: inputs.recoil ?? recoil },
          predict,
        ),
      chi2: (parameters) =>
        once({ kind: "chi2", parameters }, { parameters: { ...parameters } }, (one) => chi2(one).chi2),
      helicity: (parameters) =>
        once({ kind: "helicity", parameters }, {}, (one) => helicityDifference(one, parameters)),
      region: (plane, dof, cls) =>
        once(
          { kind: "region", plane, dof, cls: cls ?? null },
          { plane: [plane[0], plane[1]], dof, ...(cls !== undefined && { cl: [...cls], sigma: null }) },
          (one) => region(one),
        ),
      scan: (parameter, low, high, n, profile) =>
        once(
          { kind: "scan", parameter, low, high, n, profile },
          { grid: [{ name: parameter, low, high, n }], profile: [...profile] },
          (one) => scan(one),
        ),
      // Cross sections know couplings only; what scales or shapes the detector's counts has no place in them.
      spectrum: () =>
        once({ kind: "spectrum" }, {}, ({ experiments, spec }) =>
          spectrum(spectrumTarget(experiments[0]!), { ...spec, parameters: {}, ranges: {} }),
        ),
    };
  };
  return of(null);
}

/** The toys that an analysis of a paper asks for, thrown. */
export function answerToys(
  paper: Reproduction,
  library: ExperimentLibrary,
  inputs: SessionInputs,
  analysis: string | null,
): Promise<FcResult> {
  return feldmanCousins(prepareOf(paper, library, inputs, analysis, {}));
}

function prepareOf(
  paper: Reproduction,
  library: ExperimentLibrary,
  inputs: SessionInputs,
  analysis: string | null,
  question: SpecInput,
): PreparedAnalysis {
  const parameters = { ...inputs.parameters, ...question.parameters };
  const spec = parseSpec(specOf(paper, analysis, { ...inputs, ...question, parameters }));
  const edges = analysis === null ? undefined : paper.analyses[analysis]?.edges;
  return prepare(spec, edges === undefined ? library : withEdges(library, edges));
}

/** Evaluations between two reports. */
const EVERY = 250;

/** The same analysis, reporting how many of the expected evaluations of chi^2 are done. */
function counted(
  analysis: PreparedAnalysis,
  question: Question,
  onProgress: (share: number) => void,
): PreparedAnalysis {
  const expected = expectedEvaluations(question);
  let count = 0;
  return {
    ...analysis,
    objective: (free, values) => {
      const objective = analysis.objective(free, values);
      return {
        ...objective,
        evaluate: (x, gradient) => {
          if (++count % EVERY === 0) onProgress(Math.min(count / expected, 1));
          return objective.evaluate(x, gradient);
        },
      };
    },
  };
}
