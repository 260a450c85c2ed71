/** Results as files, the same as the command writes; the command itself; what to cite. */

import {
  chi2,
  type FitResult,
  type PredictResult,
  type ProfileResult,
  predict,
  type RegionResult,
  type SpecInput,
} from "nurecoil/analysis";
import {
  bibtexOf,
  commandOf,
  fitCsv,
  hepdataArchive,
  predictCsv,
  profileCsv,
  questionSpec,
  regionCsv,
  toJson,
} from "nurecoil/report";
import { aloneSpec, choicesOf } from "../state/analysis-spec.ts";
import type { Analyses } from "./analyses.ts";
import type { TakenAway, TextAsk } from "./take-away.ts";

type Written = FitResult | PredictResult | ProfileResult | RegionResult;

export async function written(ask: TextAsk, analyses: Analyses): Promise<TakenAway> {
  switch (ask.form) {
    case "bibtex":
      return { name: `${ask.name}.bib`, type: "application/x-bibtex", content: await bibtex(ask.spec, analyses) };
    case "command":
      return { name: "", type: "text/plain", content: await command(ask, analyses) };
    case "question":
      return {
        name: "",
        type: "application/json",
        content: JSON.stringify(plain(questionSpec(ask.question, ask.spec))),
      };
    default:
      return "result" in ask ? file(asAsked(ask.result), ask) : await ofPoint(ask, analyses);
  }
}

async function ofPoint(ask: Extract<TextAsk, { readonly what: string }>, analyses: Analyses): Promise<TakenAway> {
  if (ask.what === "predict") return file(predict(await analyses.of(await bestSpec(ask, analyses))), ask);
  const result = chi2(await analyses.of(plain(questionSpec("chi2", ask.spec, ask.at))));
  return { name: `${ask.name}.json`, type: "application/json", content: toJson(result) };
}

function file(
  result: Written,
  { form, name }: { readonly form: "json" | "csv" | "hepdata"; readonly name: string },
): TakenAway {
  if (form === "json") return { name: `${name}.json`, type: "application/json", content: toJson(result) };
  if (form === "csv") return { name: `${name}.csv`, type: "text/csv", content: csvOf(result) };
  return { name: `${name}-hepdata.zip`, type: "application/zip", content: hepdataArchive(result) };
}

function csvOf(result: Written): string {
  switch (result.format) {
    case "nurecoil/fit/1":
      return fitCsv(result);
    case "nurecoil/predict/1":
      return predictCsv(result);
    case "nurecoil/profile/1":
      return profileCsv(result);
    case "nurecoil/region/1":
      return regionCsv(result);
  }
}

/** A region of the page says which couplings are fitted elsewhere; the command says that they are profiled here. */
function asAsked(result: FitResult | ProfileResult | RegionResult): FitResult | ProfileResult | RegionResult {
  if (result.format !== "nurecoil/region/1") return result;
  return { ...result, spec: { ...result.spec, ...regionPart(questionSpec("region", plain(result.spec))) } };
}

function regionPart({ free, profile, ranges }: ReturnType<typeof questionSpec>) {
  return { free, profile, ranges };
}

/** Couplings at the point and nuisances at their best there: what the spectrum of the page shows. */
async function bestSpec(
  { spec, at, experiment }: Pick<Extract<TextAsk, { readonly what: string }>, "spec" | "at" | "experiment">,
  analyses: Analyses,
): Promise<SpecInput> {
  const point = plain(questionSpec("chi2", spec, at));
  const { nuisances } = (await analyses.of(point)).likelihood([]).detail([]);
  const alone = experiment === null ? point : withoutTruthOfOthers(aloneSpec(point, experiment), point);
  const own = await analyses.of(alone);
  const names = own.nuisances.map(({ name }) => name).filter((name) => !own.held.includes(name));
  const best = names.filter((name) => nuisances[name] !== undefined).map((name) => [name, nuisances[name]!]);
  return { ...alone, parameters: { ...alone.parameters, ...Object.fromEntries(best) } };
}

/** Asimov data of one experiment are made without the nuisances of others. */
function withoutTruthOfOthers(alone: SpecInput, { experiments, truth = {} }: SpecInput): SpecInput {
  const kept = choicesOf(alone).map(({ id }) => id);
  const others = choicesOf({ experiments }).filter(({ id }) => !kept.includes(id));
  const own = Object.entries(truth).filter(([name]) => !others.some(({ id }) => name.startsWith(`${id}.`)));
  return { ...alone, truth: Object.fromEntries(own) };
}

/** A shell takes both lines at once. */
async function command(ask: Extract<TextAsk, { readonly form: "command" }>, analyses: Analyses): Promise<string> {
  const { question, spec, at } = ask;
  const line =
    question === "predict" ? commandOf(question, await bestSpec(ask, analyses)) : commandOf(question, spec, at);
  return line.spec === null ? line.command : `cat > spec.json <<'END'\n${line.spec}END\n${line.command}`;
}

async function bibtex(spec: SpecInput, analyses: Analyses): Promise<string> {
  const analysis = await analyses.of(spec);
  // Tables hold no sources.
  return bibtexOf(
    analysis.spec,
    analysis.experiments.map((one) => ({ file: one.file, tables: {} })),
  );
}

/** A spec as somebody would write it: likelihoods that are not named are left out. */
function plain({ experiments, ...spec }: ReturnType<typeof questionSpec>): SpecInput {
  return {
    ...spec,
    experiments: experiments.map(({ likelihood, ...one }) => (likelihood === null ? one : { ...one, likelihood })),
  };
}
