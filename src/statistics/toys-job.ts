/** Toys in a worker: the job kind `toys`. */

import { openRefit, type RefitModel } from "./compiled-refit.ts";
import { type ToyFits, type ToySetup, toyFitter } from "./toy-fits.ts";

export interface ToysJob {
  readonly model: RefitModel;
  readonly setup: ToySetup;
}

/** Toys by their indices, the last one not included. */
export interface ToyRange {
  readonly from: number;
  readonly to: number;
}

export function open({ model, setup }: ToysJob): (range: ToyRange) => ToyFits {
  const fit = toyFitter(openRefit(model), setup);
  return ({ from, to }) => fit(from, to);
}
