/** The signal of an experiment folded: nominal, at the variations of its shape nuisances, and at moved neutron radii. */

import type { Response } from "../detector/elements.ts";
import type { Flavour } from "../flux/flavour.ts";
import type { Flux } from "../flux/spectrum.ts";
import type { Composition } from "../nuclei/composition.ts";
import { buildFormFactors, type FormFactorChoice, type NuclearFormFactors } from "../nuclei/form-factors/index.ts";
import type { Isotope } from "../nuclei/isotopes.ts";
import { type FoldedChannels, foldTarget } from "./fold.ts";
import type { FoldedFlavour } from "./templates.ts";

/** What of an experiment the integrals need. */
export interface SignalSource {
  readonly material: Composition;
  /** Number of nuclei, in the order of `material.nuclides`. */
  readonly nuclei: readonly number[];
  readonly flux: Flux;
  readonly signal: {
    readonly response: Response;
    readonly variations: readonly SignalVariation[];
  };
}

/** What a shape nuisance makes of the signal at +1 and -1 sigma. */
export type SignalVariation = { readonly nuisance: string } & (
  | { readonly type: "response"; readonly plus: Response; readonly minus: Response }
  /** Neutron rms radius times 1 +- step. */
  | { readonly type: "neutron-radius"; readonly step: number }
  /** Ratios in cells to the nominal template; `minus` null: mirror image. Not a matter of integrals. */
  | { readonly type: "ratios"; readonly plus: Float64Array; readonly minus: Float64Array | null }
);

/** One flavour in rows, for all arrival times, at one choice of radii. */
export interface FoldedAt {
  readonly nominal: FoldedFlavour;
  /** At +1 and -1 sigma of shape nuisances that change the integrals. */
  readonly variations: readonly {
    readonly nuisance: string;
    readonly plus: FoldedFlavour;
    readonly minus: FoldedFlavour;
  }[];
}

export interface FoldedSignal extends FoldedAt {
  readonly flavour: Flavour;
  /** At each of `shifts`. */
  readonly shifted: readonly FoldedAt[];
}

export interface SignalFoldInputs {
  readonly formFactor: FormFactorChoice;
  /** What is added to the neutron rms radius of every isotope, fm. */
  readonly radiusShift?: number;
  /** Further shifts of the radius; a nuisance that moves it is not varied there. */
  readonly shifts?: readonly number[];
  /** Shape nuisances that are left out. */
  readonly without?: (nuisance: string) => boolean;
}

/** All integrals of a signal, per flavour. */
export function foldSignal(source: SignalSource, inputs: SignalFoldInputs): readonly FoldedSignal[] {
  const { signal, material, flux, nuclei } = source;
  const { formFactor, radiusShift = 0, shifts = [], without = () => false } = inputs;
  const isotopes = material.nuclides.map(({ isotope }) => isotope);
  const moving = (move: (radiusFm: number) => number): NuclearFormFactors[] =>
    isotopes.map((isotope) => withNeutronRadius(formFactor, isotope, move));
  const base =
    radiusShift === 0 ? isotopes.map((one) => buildFormFactors(formFactor, one)) : moving((r) => r + radiusShift);
  const variations = signal.variations.filter(({ nuisance }) => !without(nuisance));
  const radial = variations.filter((one) => one.type === "neutron-radius");
  const places = [base, ...shifts.map((shift) => moving((r) => r + shift))];
  const fold = (response: Response, formFactors: readonly (readonly NuclearFormFactors[])[]) =>
    foldTarget({
      nuclides: isotopes.map((isotope, a) => ({ isotope, nuclei: nuclei[a]! })),
      fluxes: flux.components,
      response,
      formFactors,
    });
  const stepped = (sign: 1 | -1): readonly (readonly NuclearFormFactors[])[] =>
    radial.map(({ step }) => moving((r) => (r + radiusShift) * (1 + sign * step)));
  const nominal = fold(signal.response, [...places, ...stepped(1), ...stepped(-1)]);
  const moved = variations.flatMap((one) =>
    one.type === "response"
      ? [{ nuisance: one.nuisance, plus: fold(one.plus, places), minus: fold(one.minus, places) }]
      : [],
  );
  return flux.components.map(({ flavour }, f) => {
    const of = (folded: readonly (readonly FoldedChannels[])[]): FoldedFlavour => ({
      flavour,
      cells: signal.response.cells,
      isotopes: isotopes.map((isotope, a) => ({ isotope, channels: folded[f]![a]! })),
    });
    const at = (place: number): FoldedAt => ({
      nominal: of(nominal[place]!),
      variations: moved.map(({ nuisance, plus, minus }) => ({
        nuisance,
        plus: of(plus[place]!),
        minus: of(minus[place]!),
      })),
    });
    const here = at(0);
    return {
      flavour,
      nominal: here.nominal,
      variations: [
        ...here.variations,
        ...radial.map(({ nuisance }, k) => ({
          nuisance,
          plus: of(nominal[places.length + k]!),
          minus: of(nominal[places.length + radial.length + k]!),
        })),
      ],
      shifted: shifts.map((_, k) => at(1 + k)),
    };
  });
}

/** Form factors of an isotope with its neutrons' radius moved; protons as the choice has them. */
function withNeutronRadius(
  choice: FormFactorChoice,
  isotope: Isotope,
  move: (radiusFm: number) => number,
): NuclearFormFactors {
  const { neutronRadiusFm, protonRadiusFm } = buildFormFactors(choice, isotope);
  return buildFormFactors(
    {
      ...choice,
      protonRadiiFm: { [isotope.name]: protonRadiusFm },
      neutronRadiiFm: { [isotope.name]: move(neutronRadiusFm) },
    },
    isotope,
  );
}
