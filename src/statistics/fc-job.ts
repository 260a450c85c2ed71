/** Tested points in a worker: the job kind `fc-points`. */

import { openRefit, type RefitModel } from "./compiled-refit.ts";
import { type PointTest, pointTester, type TestedPoint, type TestSetup } from "./feldman-cousins.ts";

export interface FcJob {
  readonly model: RefitModel;
  readonly setup: TestSetup;
}

export function open({ model, setup }: FcJob): (point: TestedPoint) => PointTest {
  return pointTester(openRefit(model), setup);
}
