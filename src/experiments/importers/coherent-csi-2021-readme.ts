/** README of the folder `experiments/coherent-csi-2021`, written by the importer of its release. */
export const csi2021Readme = `# coherent-csi-2021

COHERENT CsI[Na], the full data set: D. Akimov et al., Phys. Rev. Lett. 129 (2022) 081801, arXiv:2110.07730. The numbers
of the tables are those of the ancillary files of arXiv:2110.07730: cite the paper when you use them
(\`nurecoil cite coherent-csi-2021\` prints the BibTeX). It contains the events of coherent-csi-2017 (same crystal, 7.48 of
13.99 GW h): never combine the two.

Made by \`nurecoil import coherent-csi-2021 <folder of the release> -o coherent-csi-2021\`; not edited by hand. The digits
of the tables are the release's.

| file | what |
|---|---|
| experiment.json | inputs with unit, uncertainty and source; what the tables hold; likelihoods |
| events.csv | every released event: photoelectrons, arrival time, and its sample; 5142 coincidence, then 4890 anticoincidence |
| brn-pe.csv, brn-time.csv | beam-related neutrons in photoelectrons and in arrival time |
| nin-pe.csv, nin-time.csv | neutrino-induced neutrons in photoelectrons and in arrival time |

In experiment.json, from the release: scintillation response and efficiency with their variants at +-1 sigma. From the
paper: mass, distance, exposure, protons on target, neutrinos per proton, photoelectron fluctuation, efficiency in time,
numbers of background events. From neither: the proton pulse. The release's histogram of arrival times and energies is
not among the files read here; a Gaussian pulse of mean 0.4708 us and width 0.1487 us, convolved with the lifetimes of
pion and muon, reproduces a third-party half-microsecond profile made from it to about 1 %. Neutrinos of pions that
decay in flight are lost with it.

Good to know:

- The release labels both systematic models of the efficiency "+1 sigma". The one with c = 11.8832, of lower
  efficiency, is taken as -1 sigma, the one with c = 9.84596 as +1 sigma.
- The neutron templates in photoelectrons sum to 1 below 60 PE and to 1.498 (BRN) and 1.334 (NIN) in all; they contain
  the efficiency in photoelectrons. The templates in time do not contain the efficiency in time.
- 18.4 beam-related and 5.6 neutrino-induced neutrons are taken as the events in 0-60 PE and 0-6 us after the efficiency
  in time, a choice of this project. The sums of the release, 27.63/1.498 = 18.4 and 7.49/1.334 = 5.6, are before it;
  after it they are 18.3 and 5.2.
- In 0-60 PE and 0-6 us there are 1578 coincidence and 1295 anticoincidence events, in 8-60 PE 1567 and 1291.
- No efficiency is applied to the anticoincidence sample: it is data of the same selection.
- The range of the onset, +-0.25 us, is a choice of this project: the release gives none.
`;
