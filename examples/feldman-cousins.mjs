// Feldman-Cousins interval of a vector coupling from Poisson data, beside what Delta chi^2 gives.
import { feldmanCousins, fit, parseSpec, prepare } from "nurecoil";
import { shippedLibrary } from "nurecoil/node";

const spec = parseSpec({
  experiments: ["coherent-csi-2017@release"],
  free: ["xi_V"],
  cl: [0.9],
  seed: 1,
  toys: { parameter: "xi_V", points: 41, count: 500 },
});
const analysis = prepare(spec, shippedLibrary());
const show = (segments) => segments.map(([low, high]) => `[${low?.toFixed(2)}, ${high?.toFixed(2)}]`).join(" and ");
const { intervals, points } = await feldmanCousins(analysis);
console.log(`toys:       ${show(intervals[0].segments)}, ${points.reduce((sum, { toys }) => sum + toys, 0)} thrown`);
console.log(`Delta chi2: ${show(fit(analysis).intervals[0].segments)}`);
