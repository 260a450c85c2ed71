/** Names of the couplings: the registry that CLI, schemas and menus read. */

import { type Lepton, leptons } from "../flux/flavour.ts";
import { type Quark, quarks } from "../nuclei/matching.ts";

/** Current a coupling belongs to: two levels of one current are never mixed in an analysis. */
export type Current = "scalar" | "pseudoscalar" | "vector" | "axial" | "tensor" | "interference";
type Level = "nucleus" | "quark" | "nsi" | "standard-model";

export interface Coupling {
  /** Without flavour, e.g. `xi_V` or `C_S_u`. */
  readonly name: string;
  readonly level: Level;
  /** Nuclear currents it feeds. */
  readonly currents: readonly Current[];
  /** Whether `_e`, `_mu`, `_tau` may follow. */
  readonly flavoured: boolean;
  readonly description: string;
}

/** Second couplings of the Lagrangian: which nuclear current D_X of neutrino structure X meets. */
const quarkCurrents = [
  { name: "C_S", currents: ["scalar"], text: "scalar quark current, scalar neutrino current" },
  { name: "C_P", currents: ["pseudoscalar"], text: "pseudoscalar quark current, pseudoscalar neutrino current" },
  { name: "C_V", currents: ["vector"], text: "vector quark current, vector neutrino current" },
  { name: "C_A", currents: ["axial"], text: "axial quark current, axial neutrino current" },
  { name: "C_T", currents: ["tensor"], text: "tensor quark current, tensor neutrino current" },
  { name: "D_S", currents: ["pseudoscalar"], text: "pseudoscalar quark current, scalar neutrino current" },
  { name: "D_P", currents: ["scalar"], text: "scalar quark current, pseudoscalar neutrino current" },
  { name: "D_V", currents: ["axial"], text: "axial quark current, vector neutrino current" },
  { name: "D_A", currents: ["vector"], text: "vector quark current, axial neutrino current" },
  { name: "D_T", currents: ["tensor"], text: "tensor quark current, second (gamma_5) tensor coupling" },
] as const satisfies readonly { name: string; currents: readonly Current[]; text: string }[];

export type QuarkCoupling = (typeof quarkCurrents)[number]["name"];

/** NSI entries of the same quarks. */
interface NsiFamily {
  /** What stands before the V of a name. */
  readonly label: "u" | "d" | "";
  /** An entry has the same strength for each. */
  readonly quarks: readonly Quark[];
  readonly text: string;
}

export const nsiFamilies: readonly NsiFamily[] = [
  { label: "u", quarks: ["u"], text: "vector NSI of u quarks, C_V^u" },
  { label: "d", quarks: ["d"], text: "vector NSI of d quarks, C_V^d" },
  { label: "", quarks, text: "vector NSI of u and d quarks alike, C_V^u = C_V^d" },
];

/** Pairs of lepton flavours, ee to tautau. */
const leptonPairs: readonly (readonly [Lepton, Lepton])[] = leptons.flatMap((a, i) =>
  leptons.slice(i).map((b) => [a, b] as const),
);

export const couplings: readonly Coupling[] = [
  nucleus("xi_S", ["scalar"], "scalar coupling of the nucleus per neutron; enters squared"),
  nucleus("xi_V", ["vector"], "vector coupling of the nucleus per neutron, beyond the standard model"),
  nucleus("xi_A", ["axial"], "axial coupling of the nucleus per neutron; zero on spin-0 isotopes"),
  nucleus("xi_T", ["tensor"], "tensor coupling of the nucleus per neutron; enters squared"),
  nucleus("R", ["interference"], "scalar-tensor interference, odd under neutrino <-> antineutrino"),
  ...quarkCurrents.flatMap(({ name, currents, text }) =>
    quarks.map((quark: Quark): Coupling => {
      const description = `${text}, ${quark} quark`;
      return { name: `${name}_${quark}`, level: "quark", currents, flavoured: true, description };
    }),
  ),
  ...nsiFamilies.flatMap((family) =>
    leptonPairs.map(([a, b]): Coupling => {
      const change = a === b ? "" : ", changes flavour";
      const description = `${family.text} = -2 eps${change}`;
      return { name: nsiName(family, a, b), level: "nsi", currents: ["vector"], flavoured: false, description };
    }),
  ),
  {
    name: "sin2_theta_w",
    level: "standard-model",
    currents: [],
    flavoured: false,
    description: "sin^2 of the weak mixing angle; enters the weak charge linearly",
  },
];

/** Name of an NSI entry, the same for both orders: `eps_uV_emu`, `eps_V_emu`. */
export function nsiName({ label }: NsiFamily, a: Lepton, b: Lepton): string {
  const [first, second] = leptons.indexOf(a) <= leptons.indexOf(b) ? [a, b] : [b, a];
  return `eps_${label}V_${first}${second}`;
}

/** Quarks that an NSI entry acts on; none for other names. */
export function nsiQuarks(name: string): readonly Quark[] {
  return nsiFamilies.find(({ label }) => name.startsWith(`eps_${label}V_`))?.quarks ?? [];
}

function nucleus(name: string, currents: readonly Current[], description: string): Coupling {
  return { name, level: "nucleus", currents, flavoured: true, description };
}

export interface CouplingName {
  readonly coupling: Coupling;
  /** null: all flavours. */
  readonly lepton: Lepton | null;
}

const byName: ReadonlyMap<string, CouplingName> = new Map(
  couplings.flatMap((coupling): [string, CouplingName][] => [
    [coupling.name, { coupling, lepton: null }],
    ...(coupling.flavoured
      ? leptons.map((lepton): [string, CouplingName] => [`${coupling.name}_${lepton}`, { coupling, lepton }])
      : []),
  ]),
);

/** Every valid name, flavoured ones included. */
export const couplingNames: readonly string[] = [...byName.keys()];

/** Read a name such as `xi_V`, `xi_V_mu`, `D_P_d_e`; undefined when it is none. */
export function readCouplingName(name: string): CouplingName | undefined {
  return byName.get(name);
}
