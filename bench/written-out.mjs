// chi^2 from expected counts and pulls, term by term.

/**
 * @param model blocks with their data
 * @param detail of a likelihood at a point: counts of every component, deviations of every nuisance
 */
export function writtenOut({ blocks, nuisances }, { components, deviations }) {
  let chi2 = 0;
  for (const { name, sigma } of nuisances) if (sigma !== null) chi2 += deviations[name] ** 2;
  for (const { id, statistics, observed, sigma } of blocks) {
    const own = components.filter(({ block }) => block === id);
    observed.forEach((n, i) => {
      const mu = own.reduce((sum, { counts }) => sum + counts[i], 0);
      chi2 +=
        statistics === "gaussian" ? ((n - mu) / sigma[i]) ** 2 : 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
    });
  }
  return chi2;
}
