import { shippedTexts } from "./shipped.ts";

/**
 * A release folder with the shipped numbers: the same files and structure as the collaboration's, made from our CSV, so
 * that the importer's errors can be tested where the release itself is absent.
 */
export function syntheticRelease(): Record<string, string> {
  const texts = shippedTexts();
  const table = (csv: string, columns: readonly number[]): string => {
    const rows = (texts[csv] as string).trim().split("\n").slice(1);
    return `# a comment\n# units\n${rows.map((row) => columns.map((i) => row.split(",")[i]).join(", ")).join("\n")}\n`;
  };
  return {
    "data_coincidence_beamOn.txt": table("counts.csv", [0, 1, 2]),
    "data_anticoincidence_beamOn.txt": table("counts.csv", [0, 1, 3]),
    "data_coincidence_beamOff.txt": table("counts.csv", [0, 1, 4]),
    "data_anticoincidence_beamOff.txt": table("counts.csv", [0, 1, 5]),
    "arrivalTimePDF_promptNeutrinos.txt": table("arrival-times.csv", [0, 1]),
    "arrivalTimePDF_delayedNeutrinos.txt": table("arrival-times.csv", [0, 2]),
    "arrivalTimePDF_promptNeutrons.txt": table("arrival-times.csv", [0, 3]),
    "promptPDF.txt": table("prompt-neutrons.csv", [0, 1]),
    "qfData_chicago.txt": table("quenching-chicago.csv", [0, 1, 2, 3]),
    "qfData_tunl.txt": table("quenching-tunl.csv", [0, 1, 2, 3, 4, 5]),
    "coherent_parameters.yaml": parameters,
  };
}

const parameters = `beamExposure:
  name: exposure
  value: 7.47594
  units: GW*hr
  uncertainty: negligible
  comment: |
    a text
    value: 3

distanceToTarget:
  value: 19.3
  units: m
csiQF:
  value: 0.0878
  units: none
  uncertainty: 0.0166
csiLightYield:
  value: 13.348
  units: PE/keVee
  uncertainty: 0.019
  comment: |
    a text
    
neutrinosPerProton:
  value: 0.08
  uncertainty: 0.008
  units: nu/flavor/proton
promptNeutronNormalization:
  value: 1
  uncertainty: 0.25
  units: none
acceptanceEfficiency:
  name: acceptance
  parameters:
    - name: a
      value: 0.6655
      error_hi: 0.0212
      error_lo: 0.0384
    - name: k
      value: 0.4942
      error_hi: 0.0335
      error_lo: 0.0131
    - name: x_0
      value: 10.8507
      error_hi: 0.1838
      error_lo: 0.3995
  comment: |
    a text
`;
