/** What the importer of the COHERENT argon release reads: parameters and columns of cells. */

/** A number that the release states without an error. */
export interface Released {
  readonly value: number;
}

/** A number with its error. */
export interface Measured extends Released {
  /** One standard deviation. */
  readonly sigma: number;
}

/** Numbers read from the release's parameter file, in the units of the experiment file. */
export interface LarValues {
  /** kg */
  readonly mass: Measured;
  /** m */
  readonly distance: Released;
  /** GW h */
  readonly exposure: Released;
  readonly protonsOnTarget: Released;
  readonly neutrinosPerProton: Measured;
  readonly quenchingConstant: Measured;
  /** 1/keVnr */
  readonly quenchingSlope: Measured;
  /** sqrt(keVee) */
  readonly energyResolution: Released;
  /** us */
  readonly pulseMean: Measured;
  /** us */
  readonly pulseWidth: Released;
  /** Events expected before the fit. */
  readonly cevns: Measured;
  readonly brn: Measured;
  readonly delayedBrn: Measured;
  /** As the parameter file has it: the template holds two events less. */
  readonly steadyState: Measured;
}

/** Columns of the table `cells` that are counts or templates. */
export type LarColumn =
  | "data"
  | "cevns"
  | "cevns-f90-plus"
  | "cevns-f90-minus"
  | "cevns-time-plus"
  | "brn"
  | "brn-energy-plus"
  | "brn-energy-minus"
  | "brn-time-plus"
  | "brn-time-minus"
  | "brn-width-plus"
  | "brn-delayed"
  | "steady-state";
