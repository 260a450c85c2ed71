/** Which elements of a response go together, and in which order. */

import type { Issue } from "../errors.ts";
import type { ResponseElement } from "./elements.ts";

type ElementType = ResponseElement["type"];

/** Place in the physical order: light, photoelectrons, fluctuation, acceptance. */
const rank: Readonly<Record<ElementType, number>> = {
  "linear-quenching": 0,
  "polynomial-quenching": 0,
  "rising-quenching": 0,
  "linear-light-yield": 1,
  "electron-light-yield": 1,
  "poisson-photoelectrons": 2,
  "gamma-photoelectrons": 2,
  "gaussian-resolution": 2,
  "logistic-acceptance": 3,
  "shifted-logistic-acceptance": 3,
  "tabulated-acceptance": 3,
  "recoil-threshold": 4,
};

const FLUCTUATION = 2;
const yields: readonly ElementType[] = ["linear-light-yield", "electron-light-yield"];
const inPhotoelectrons: readonly ElementType[] = ["logistic-acceptance", "shifted-logistic-acceptance"];

/**
 * What is wrong with a list of elements: a threshold beside others, two fluctuations, an element out of physical order,
 * a fluctuation or an acceptance of the wrong quantity.
 * @returns issues whose path is the position in the list; none for a list that can be built
 * @example responseIssues([{ type: "poisson-photoelectrons" }])[0].path === "0"
 */
export function responseIssues(elements: readonly ResponseElement[]): readonly Issue[] {
  const issues: Issue[] = [];
  const types = elements.map((element) => element.type);
  const photoelectrons = types.some((type) => yields.includes(type) || type === "gamma-photoelectrons");
  const refuse = (i: number, message: string, hint: string) => issues.push({ path: String(i), message, hint });
  types.forEach((type, i) => {
    const earlier = types.slice(0, i);
    if (type === "recoil-threshold" && types.length > 1) {
      refuse(i, "a recoil threshold stands beside other elements", "it is a whole response: remove the others");
    }
    if (earlier.some((other) => rank[other] > rank[type])) {
      refuse(
        i,
        `"${type}" comes too late`,
        "the order is quenching, light yield, photoelectrons or resolution, acceptance",
      );
    }
    if (rank[type] === FLUCTUATION && earlier.some((other) => rank[other] === FLUCTUATION)) {
      refuse(i, `"${type}" is a second fluctuation`, "keep one");
    }
    const lit = types.some((other) => yields.includes(other));
    if (type === "poisson-photoelectrons" && !lit) refuse(i, `"${type}" has no light yield`, "add one before it");
    if ((type === "gamma-photoelectrons" || type === "gaussian-resolution") && lit) {
      refuse(i, `"${type}" acts on electron-equivalent energy, not on photoelectrons`, "remove the light yield");
    }
    if (inPhotoelectrons.includes(type) && !photoelectrons) {
      refuse(i, `"${type}" needs photoelectrons, but none of the elements gives them`, "use tabulated-acceptance");
    }
    if (type === "tabulated-acceptance" && photoelectrons) {
      refuse(i, `"${type}" needs electron-equivalent energy, not photoelectrons`, "use a logistic acceptance");
    }
  });
  return issues;
}
