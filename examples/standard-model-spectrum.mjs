// Recoil spectrum and flux-averaged cross section of the standard model on argon at a stopped-pion source.
import { parseSpec, spectrum } from "nurecoil";
import { stoppedPion } from "nurecoil/flux";
import { composition } from "nurecoil/nuclei";

const target = {
  name: "Ar",
  material: composition("Ar"),
  nuclei: null, // per nucleus, for one neutrino of each flavour per cm^2
  flux: stoppedPion({ protons: 1, yieldPerFlavour: 1, distance: 100 }),
};
const result = spectrum(target, parseSpec({}));
for (const { flavour, crossSectionCm2 } of result.flavours) {
  console.log(`${flavour.padEnd(10)} ${crossSectionCm2.toExponential(4)} cm2`);
}
