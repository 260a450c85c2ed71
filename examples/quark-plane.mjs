// Allowed region in the plane of two scalar quark couplings (figure 4 of arXiv:1806.07424, scenario 1-ii), as SVG.
import { writeFileSync } from "node:fs";
import { parseSpec, prepare, region } from "nurecoil";
import { figure, planePanel, toSvg } from "nurecoil/figures";
import { shippedLibrary } from "nurecoil/node";

const plane = ["C_S_u", "D_P_d"];
const spec = parseSpec({ experiments: ["coherent-csi-2017"], convention: "A", plane, cl: [0.9, 0.99], dof: 1 });
const result = region(prepare(spec, shippedLibrary()));
for (const { cl, area, polygons } of result.regions)
  console.log(`${100 * cl} %: ${polygons.length} polygon, area ${area.toPrecision(4)}`);
const drawn = figure({
  id: "quark-plane",
  title: "Scalar quark couplings",
  description: "90 % and 99 % CL",
  width: "single",
  aspect: 1,
  panels: [planePanel(result)],
  source: "nurecoil · data: arXiv:1804.09459",
});
const file = process.argv[2];
if (file !== undefined) writeFileSync(file, toSvg(drawn));
