/** README of the folder `experiments/coherent-csi-2017`, written by the importer of its release. */
export const csi2017Readme = `# coherent-csi-2017

COHERENT CsI[Na], the first observation of coherent elastic neutrino-nucleus scattering: D. Akimov et al., Science 357
(2017) 1123, arXiv:1708.01294. The numbers are those of the collaboration's data release of 2018, arXiv:1804.09459,
doi:10.5281/zenodo.1228631: cite both when you use them (\`nurecoil cite coherent-csi-2017\` prints the BibTeX).

Made by \`nurecoil import coherent-csi-2018 <folder of the release> -o coherent-csi-2017\`; not edited by hand. The digits
of the tables are the release's.

| file | what |
|---|---|
| experiment.json | inputs with unit, uncertainty and source; what the tables hold; likelihoods |
| counts.csv | events per 2 PE and 0.5 us: coincidence and anticoincidence, beam on and off |
| prompt-neutrons.csv | prompt neutrons per photoelectron bin and GW h, before the acceptance |
| arrival-times.csv | arrival-time shapes of prompt and delayed neutrinos and of prompt neutrons |
| quenching-chicago.csv, quenching-tunl.csv | quenching-factor measurements with their errors |

Not in the release, and therefore from the papers named in experiment.json: target mass, protons on target, 1.17
photoelectrons per keV of recoil energy, and the likelihoods.

Good to know:

- 13.348 PE/keVee times the quenching factor 0.0878 is 1.172 PE/keVnr; arXiv:1806.07424 uses 1.17.
- The release's acceptance has a step of its own, 0 below 5 PE, 1/2 from 5 to 6 PE, 1 from 6 PE on, and is meant for
  the centres of 1-PE bins. arXiv:1806.07424 eq. 8 has a plain step at 5 PE. Above 6 PE they are the same.
- Some anticoincidence cells are empty while their coincidence cells are not: do not take the anticoincidence counts
  cell by cell as the steady-state background.
`;
