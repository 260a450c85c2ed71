/** Which couplings cannot stand side by side: for menus. The library checks every spec itself, by the same rules. */

import type { SpecInput } from "nurecoil/analysis";
import { couplings, readCouplingName } from "nurecoil/interactions";
import type { Facts } from "../desk/facts.ts";

type Coupling = (typeof couplings)[number];

/** Levels of couplings in the order of the registry: nucleus, quark, ... */
export const levels: readonly Coupling["level"][] = [...new Set(couplings.map(({ level }) => level))];

/**
 * Why a coupling cannot be added to others.
 * @param name a coupling
 * @param others couplings in use
 * @returns one sentence; undefined where nothing is against it
 */
export function obstacle(name: string, others: readonly string[]): string | undefined {
  if (readCouplingName(name) === undefined) return `there is no coupling "${name}"`;
  if (others.includes(name)) return "it is there already";
  for (const other of others) {
    const reason = conflict(name, other);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function conflict(name: string, other: string): string | undefined {
  const one = readCouplingName(name);
  const two = readCouplingName(other);
  if (one === undefined || two === undefined) return undefined;
  if (one.coupling.name === two.coupling.name && (one.lepton === null) !== (two.lepton === null)) {
    return one.lepton === null
      ? "it stands for all flavours and is there for single ones: remove those first"
      : "it is there for all flavours: give each flavour its own there";
  }
  const [a, b] = [nsiEntry(name), nsiEntry(other)];
  if (a !== undefined && b !== undefined && a.pair === b.pair && (a.quark === "") !== (b.quark === "")) {
    return "one entry stands for both quarks and the other for one of them: use one form";
  }
  if (sameCurrent(one.coupling, two.coupling)) {
    return "the same current is there at another level: the same thing would count twice";
  }
  return undefined;
}

/**
 * Why nothing in an analysis depends on a coupling.
 * @param name a coupling
 * @param facts of the experiments chosen, none while they are not known
 * @returns one sentence; undefined where something does
 */
export function idleBecause(
  name: string,
  facts: readonly Pick<Facts, "leptons" | "acting">[],
  { spinResponse, recoil }: Pick<SpecInput, "spinResponse" | "recoil"> = {},
): string | undefined {
  const read = readCouplingName(name);
  if (read === undefined || facts.length === 0) return undefined;
  const { coupling, lepton } = read;
  const isBeyond = recoil === "leading" && coupling.currents.includes("interference");
  if (!isBeyond && facts.some(({ acting }) => acting.includes(name))) return undefined;
  const made = facts.flatMap(({ leptons }) => leptons);
  const pair = nsiEntry(name)?.pair;
  const wanted = pair === undefined ? (lepton === null ? [] : [lepton]) : flavoursOf(pair);
  if (wanted.length > 0 && !wanted.some((one) => made.some((other) => other === one))) {
    return `no source here makes ${wanted.map((one) => neutrinos[one]).join(" or ")} neutrinos`;
  }
  if (coupling.level === "quark" && coupling.currents.some((one) => one === "axial" || one === "pseudoscalar")) {
    const isGiven = Object.keys(spinResponse ?? {}).length > 0;
    if (!isGiven) return "it acts on the spin of nuclei and needs their responses: spinResponse in a spec";
    const isHidden = coupling.currents.includes("pseudoscalar") && recoil !== "exact";
    return isHidden ? "it is of second order in the recoil: choose exact in the options" : undefined;
  }
  if (isBeyond) return "it is beyond leading order in T/Eν: choose all orders in the options";
  return coupling.currents.includes("axial") ? "no nucleus of these targets has spin" : "nothing here depends on it";
}

const neutrinos: Readonly<Record<string, string>> = { e: "electron", mu: "muon", tau: "tau" };

/** `emu` to `e`, `mu`; each once. */
function flavoursOf(pair: string): readonly string[] {
  return [...new Set(pair.match(/tau|mu|e/g) ?? [])];
}

/** `eps_uV_emu`: of one quark; `eps_V_emu`: of both alike. */
function nsiEntry(name: string): { readonly quark: string; readonly pair: string } | undefined {
  const found = /^eps_([ud]?)V_(\w+)$/.exec(name);
  return found === null ? undefined : { quark: found[1]!, pair: found[2]! };
}

function sameCurrent(a: Coupling, b: Coupling): boolean {
  if (a.level === b.level) return false;
  const [nucleus, other] = a.level === "nucleus" ? [a, b] : [b, a];
  // The interference of scalar and tensor currents follows from couplings of quarks wherever these are given.
  const currents = nucleus.currents.includes("interference") ? ["scalar", "pseudoscalar", "tensor"] : nucleus.currents;
  return currents.some((current) => other.currents.some((one) => one === current));
}

/** Forms of a coupling for single flavours that have sources: `xi_V` to `xi_V_e`, `xi_V_mu`; none for others. */
export function perFlavour(name: string): readonly string[] {
  const read = readCouplingName(name);
  if (read === undefined || read.lepton !== null || !read.coupling.flavoured) return [];
  return SOURCES.map((lepton) => `${name}_${lepton}`);
}

/** Stopped pions and reactors make electron and muon flavours. */
const SOURCES = ["e", "mu"] as const;

/** `xi_V_mu` to `xi_V`; undefined for a name without flavour. */
export function allFlavours(name: string): string | undefined {
  const read = readCouplingName(name);
  return read === undefined || read.lepton === null ? undefined : read.coupling.name;
}
