/** An importer turns an official data release into a folder of the experiment format. */
export interface Importer {
  /** Name of the release, as the command line takes it. */
  readonly release: string;
  /** What it is, for people. */
  readonly title: string;
  /** Id of the experiment it makes, the name its folder must have. */
  readonly experiment: string;
  /** Files of the release that are read; others may lie beside them. */
  readonly requiredFiles: readonly string[];
  /**
   * Convert the release.
   * @param files file names of the release and their texts
   * @returns file names of the experiment's folder and their texts
   * @throws NurecoilError (file) listing every missing file and every wrong line; nothing is returned then
   */
  readonly convert: (files: Readonly<Record<string, string>>) => Record<string, string>;
}
