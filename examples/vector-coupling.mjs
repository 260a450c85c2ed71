// The vector row of Table 1 of arXiv:1806.07424: both minima of xi_V and its 90 % interval.
import { fit, parseSpec, prepare } from "nurecoil";
import { shippedLibrary } from "nurecoil/node";

const spec = parseSpec({ experiments: ["coherent-csi-2017@paper"], convention: "A", free: ["xi_V"], cl: [0.9] });
const { minima, intervals } = fit(prepare(spec, shippedLibrary()));
for (const { parameters, chi2 } of minima) {
  console.log(`xi_V = ${parameters.xi_V.toFixed(4)}, chi2 = ${chi2.toFixed(4)}`);
}
console.log("90 %:", intervals[0].segments.map(([low, high]) => `[${low.toFixed(4)}, ${high.toFixed(4)}]`).join(" U "));
