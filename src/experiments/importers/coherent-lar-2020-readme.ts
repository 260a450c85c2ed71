/** README of the folder `experiments/coherent-lar-2020`, written by the importer of its release. */
export const larReadme = `# coherent-lar-2020

COHERENT liquid argon (CENNS-10), the first measurement of coherent elastic neutrino-nucleus scattering on argon:
D. Akimov et al., Phys. Rev. Lett. 126 (2021) 012002, arXiv:2003.10630. The numbers are those of the collaboration's
data release (analysis A), arXiv:2006.12659, doi:10.5281/zenodo.3903810: cite both when you use them
(\`nurecoil cite coherent-lar-2020\` prints the BibTeX).

Made by \`nurecoil import coherent-lar-2020 <folder of the release> -o coherent-lar-2020\`; not edited by hand. The digits
of the tables are the release's.

| file | what |
|---|---|
| experiment.json | inputs with unit, uncertainty and source; what the tables hold; likelihoods |
| cells.csv | 12 x 8 x 10 cells of energy, F90 and arrival time: data, templates, and templates at +-1 sigma |
| efficiency.csv | efficiency at reconstructed energy |

F90 is the share of the scintillation light in the first 90 ns: it tells nuclear from electronic recoils.

Not in the release but choices of this project: the definition of both likelihoods and the pulls 8.7 % on the signal
(besides the 10 % of the flux, which makes the 17 of 128 events), 13.4 % on the signal and 32 % on the beam-related
neutrons in the likelihood \`energy\`. It takes the steady state as oversampled: the released error 25 is sqrt(3152/5):
sampled five times.

Good to know:

- The parameter file says 3154 steady-state events; the template holds 3152, which is the number used.
- The template of prompt neutrons that arrive later (\`brn-time-plus\`) holds 523.67 events, all others of them 497: it
  is scaled to the same size before it is used, since the size has a nuisance of its own.
- The CEvNS template has the same row of arrival times in every energy bin and does not know flavours. Only its shares
  of F90 are used, bin by bin in energy; above 60 keVee it is empty, and the shares of 50-60 keVee hold.
- The templates of another arrival time of CEvNS and of another width of the prompt neutrons exist for one side only.
- \`energydata1d.txt\`, \`f90data1d.txt\` and \`timingdata1d.txt\` of the release are projections after its best fit (159
  CEvNS events, not 128), and \`systerrors1d*.txt\` are the bands around them: they are not imported.
`;
