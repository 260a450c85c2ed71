/** What the experiments' controls do to the state: from a state to the next, or to the reason why not. */

import type { SpecInput } from "nurecoil/analysis";
import { type Choice, choicesOf } from "./analysis-spec.ts";
import type { ExperimentEntry } from "./catalogue.ts";
import type { Changed } from "./change-couplings.ts";
import type { PageState } from "./page-state.ts";

/** Names of chosen experiments that hold some events of another one. */
export function sharesWith(state: PageState, id: string, entries: readonly ExperimentEntry[]): readonly string[] {
  if (state.spec.allowOverlap === true) return [];
  const one = entryOf(id, entries);
  return choicesOf(state.spec)
    .map((choice) => choice.id)
    .filter((other) => other !== id)
    .filter((other) => one?.overlaps.includes(other) || entryOf(other, entries)?.overlaps.includes(id));
}

function entryOf(id: string, entries: readonly ExperimentEntry[]): ExperimentEntry | undefined {
  return entries.find((entry) => entry.id === id);
}

/** Whether an experiment of a spec takes part with expected counts in place of observed ones. */
function isAsimov(choice: Choice, entries: readonly ExperimentEntry[]): boolean {
  return choice.data === "asimov" || isProjection(choice, entries);
}

export function isProjection(choice: Choice, entries: readonly ExperimentEntry[]): boolean {
  const likelihoods = entryOf(choice.id, entries)?.likelihoods ?? [];
  const chosen = likelihoods.find((one) => one.id === choice.likelihood) ?? likelihoods[0];
  return chosen?.projection ?? false;
}

export function addExperiment(state: PageState, id: string, entries: readonly ExperimentEntry[]): Changed {
  if (entryOf(id, entries) === undefined) return `there is no experiment "${id}" here`;
  const choices = choicesOf(state.spec);
  if (choices.some((one) => one.id === id)) return state;
  const shared = sharesWith(state, id, entries);
  if (shared.length > 0) return `it shares events with ${shared.map((one) => titleOf(one, entries)).join(" and ")}`;
  // As in the list, so that colours and rows keep their order.
  const order = entries.map((entry) => entry.id);
  const next = [...choices, { id }].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return withChoices(state, next, entries);
}

export function removeExperiment(state: PageState, id: string, entries: readonly ExperimentEntry[]): Changed {
  const choices = choicesOf(state.spec);
  const next = choices.filter((one) => one.id !== id);
  if (next.length === choices.length) return state;
  if (next.length === 0) return "at least one experiment stays: choose another one first";
  return withChoices(withoutNamesOf(state, id), next, entries);
}

/** Choose an experiment in place of those that it shares events with. */
export function useInstead(state: PageState, id: string, entries: readonly ExperimentEntry[]): Changed {
  const shared = sharesWith(state, id, entries);
  const cleared = shared.reduce(withoutNamesOf, state);
  const others = choicesOf(cleared.spec).filter((one) => !shared.includes(one.id));
  return addExperiment(withChoices(cleared, others, entries), id, entries);
}

/** Another likelihood of an experiment. @param plain leave out what was set: it may not be known there */
export function setLikelihood(
  state: PageState,
  id: string,
  likelihood: string,
  entries: readonly ExperimentEntry[],
  plain = false,
): PageState {
  const cleared = plain ? withoutNamesOf(state, id) : state;
  return changed(cleared, id, entries, ({ set, likelihood: _, ...rest }) => ({
    ...rest,
    likelihood,
    ...(!plain && set !== undefined && { set }),
  }));
}

/** What was observed, or the expectation of the standard model in its place. */
export function setData(
  state: PageState,
  id: string,
  data: "observed" | "asimov",
  entries: readonly ExperimentEntry[],
): PageState {
  return changed(state, id, entries, (choice) => ({ ...choice, data }));
}

/**
 * Set an input (`VALUE UNIT`) or make a choice of an experiment.
 * @param text null: as released
 */
export function setInput(
  state: PageState,
  id: string,
  name: string,
  text: string | null,
  entries: readonly ExperimentEntry[],
): PageState {
  return changed(state, id, entries, (choice) => {
    const { [name]: _, ...others } = choice.set ?? {};
    return { ...choice, set: text === null ? others : { ...others, [name]: text } };
  });
}

/** Everything of an experiment as released. */
export function resetInputs(state: PageState, id: string, entries: readonly ExperimentEntry[]): PageState {
  return changed(state, id, entries, ({ set: _, ...rest }) => rest);
}

/** Whether experiments at one source share its flux uncertainty. */
export function setCorrelated(state: PageState, correlated: boolean): PageState {
  const { uncorrelated: _, ...rest } = state.spec;
  return { ...state, spec: correlated ? rest : { ...rest, uncorrelated: true } };
}

/** An input as the library reads it. */
export function quantityText(value: number, unit: string): string {
  return unit === "1" ? String(value) : `${value} ${unit}`;
}

/** Value of a setting in the unit given; undefined where it is set in another unit, or not at all. */
export function settingIn(text: string | undefined, unit: string): number | undefined {
  const [, number, given] = /^\s*(\S+)\s*(.*?)\s*$/.exec(text ?? "") ?? [];
  if (number === undefined || (given !== unit && !(unit === "1" && given === ""))) return undefined;
  const value = Number(number);
  return Number.isFinite(value) ? value : undefined;
}

function titleOf(id: string, entries: readonly ExperimentEntry[]): string {
  return entryOf(id, entries)?.title ?? id;
}

function changed(
  state: PageState,
  id: string,
  entries: readonly ExperimentEntry[],
  next: (choice: Choice) => Choice,
): PageState {
  return withChoices(
    state,
    choicesOf(state.spec).map((one) => (one.id === id ? next(one) : one)),
    entries,
  );
}

/** Experiments of a spec, written as short as they can be. */
function withChoices(state: PageState, choices: readonly Choice[], entries: readonly ExperimentEntry[]): PageState {
  const { truth, ...rest } = state.spec;
  // A truth is what Asimov data are made of; without any it would be refused.
  const asimov = choices.some((one) => isAsimov(one, entries));
  return {
    ...state,
    spec: {
      ...rest,
      experiments: choices.map((one) => short(one, entries)),
      ...(asimov && truth !== undefined && { truth }),
    },
  };
}

function short(choice: Choice, entries: readonly ExperimentEntry[]): NonNullable<SpecInput["experiments"]>[number] {
  const { id, likelihood, data, set } = choice;
  const plain = likelihood === undefined || likelihood === entryOf(id, entries)?.likelihoods[0]?.id;
  const asimov = data === "asimov" && !isProjection(choice, entries);
  const isSet = set !== undefined && Object.keys(set).length > 0;
  if (!asimov && !isSet) return plain ? id : `${id}@${likelihood}`;
  return { id, ...(!plain && { likelihood }), ...(asimov && { data: "asimov" as const }), ...(isSet && { set }) };
}

/** The state without parameters of one experiment, which nobody knows when it is gone. */
function withoutNamesOf(state: PageState, id: string): PageState {
  const foreign = (name: string): boolean => !name.startsWith(`${id}.`);
  const record = <T>(given: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(given).filter(([name]) => foreign(name)));
  const { parameters, free, ranges, truth, profile, ...rest } = state.spec;
  return {
    ...state,
    spec: {
      ...rest,
      ...(parameters !== undefined && { parameters: record(parameters) }),
      ...(free !== undefined && { free: free.filter(foreign) }),
      ...(ranges !== undefined && { ranges: record(ranges) }),
      ...(truth !== undefined && { truth: record(truth) }),
      ...(profile !== undefined && { profile: profile.filter(foreign) }),
    },
  };
}
