/**
 * Naturally occurring isotopes of the target elements: atomic mass, natural abundance, ground-state spin. Data only;
 * which of them make up a detector is decided elsewhere.
 *
 * Columns of the table, one line per isotope:
 * - element symbol, Z, A
 * - atomic mass (nucleus and Z electrons) and its one-sigma uncertainty in micro-u, AME2020, columns ATOMIC MASS of the
 *   file mass_1.mas20.txt, unrounded. 132_905451.958 here is `132 905451.958` there.
 * - natural abundance as a number fraction: the best measurement from a single terrestrial source, column 6 of Table 1
 *   of the IUPAC report. One column for all elements, because the representative compositions of H, B, C, N, O, Mg, Si,
 *   S and Cl are intervals. A real material can differ: the atomic weight of Pb runs from 206.14 to 207.94.
 * - spin of the nuclear ground state in units of hbar, NUBASE2020, column Jpi.
 *
 * Radioactive isotopes left from the formation of the Earth, such as 40K, 76Ge, 136Xe and 209Bi, belong to the natural
 * composition.
 */

export interface IsotopeRow {
  readonly symbol: string;
  readonly z: number;
  readonly a: number;
  /** AME2020 atomic mass: nucleus and Z electrons, micro-u. */
  readonly atomicMassMicroU: number;
  /** One standard deviation of the atomic mass, micro-u; 0 for 12C, which defines the unit. */
  readonly atomicMassSigmaMicroU: number;
  /** Natural abundance, number fraction, 0 to 1. */
  readonly abundance: number;
  /** Spin of the nuclear ground state, units of hbar. */
  readonly spin: number;
}

/** Where each column comes from, with the fields of a BibTeX article. */
export const isotopeSources = {
  mass: {
    key: "Wang2021AME2020",
    authors: ["M. Wang", "W. J. Huang", "F. G. Kondev", "G. Audi", "S. Naimi"],
    title: "The AME 2020 atomic mass evaluation (II). Tables, graphs and references",
    journal: "Chinese Physics C",
    volume: "45",
    pages: "030003",
    year: 2021,
    doi: "10.1088/1674-1137/abddaf",
    reference: "M. Wang et al., Chin. Phys. C 45 (2021) 030003, file mass_1.mas20.txt",
  },
  abundance: {
    key: "Meija2016Isotopic",
    authors: [
      "J. Meija",
      "T. B. Coplen",
      "M. Berglund",
      "W. A. Brand",
      "P. De Bièvre",
      "M. Gröning",
      "N. E. Holden",
      "J. Irrgeher",
      "R. D. Loss",
      "T. Walczyk",
      "T. Prohaska",
    ],
    title: "Isotopic compositions of the elements 2013 (IUPAC Technical Report)",
    journal: "Pure and Applied Chemistry",
    volume: "88",
    pages: "293-306",
    year: 2016,
    doi: "10.1515/pac-2015-0503",
    reference: "J. Meija et al., Pure Appl. Chem. 88 (2016) 293, Table 1, column 6 (best measurement)",
  },
  spin: {
    key: "Kondev2021NUBASE2020",
    authors: ["F. G. Kondev", "M. Wang", "W. J. Huang", "S. Naimi", "G. Audi"],
    title: "The NUBASE2020 evaluation of nuclear physics properties",
    journal: "Chinese Physics C",
    volume: "45",
    pages: "030001",
    year: 2021,
    doi: "10.1088/1674-1137/abddae",
    reference: "F. G. Kondev et al., Chin. Phys. C 45 (2021) 030001, file nubase_3.mas20.txt",
  },
} as const;

type IsotopeTuple = readonly [
  symbol: string,
  z: number,
  a: number,
  atomicMassMicroU: number,
  atomicMassSigmaMicroU: number,
  abundance: number,
  spin: number,
];

const table: readonly IsotopeTuple[] = [
  ["H", 1, 1, 1_007825.031898, 0.000014, 0.99984426, 0.5],
  ["H", 1, 2, 2_014101.777844, 0.000015, 0.00015574, 1],
  ["He", 2, 3, 3_016029.32197, 0.00006, 0.000001343, 0.5],
  ["He", 2, 4, 4_002603.25413, 0.00016, 0.999998657, 0],
  ["B", 5, 10, 10_012936.862, 0.016, 0.1982, 3],
  ["B", 5, 11, 11_009305.166, 0.013, 0.8018, 1.5],
  ["C", 6, 12, 12_000000, 0, 0.988922, 0],
  ["C", 6, 13, 13_003354.83534, 0.00025, 0.011078, 0.5],
  ["N", 7, 14, 14_003074.00425, 0.00024, 0.996337, 1],
  ["N", 7, 15, 15_000108.89827, 0.00062, 0.003663, 0.5],
  ["O", 8, 16, 15_994914.61926, 0.00032, 0.9976206, 0],
  ["O", 8, 17, 16_999131.75595, 0.00069, 0.000379, 2.5],
  ["O", 8, 18, 17_999159.61214, 0.00069, 0.0020004, 0],
  ["F", 9, 19, 18_998403.16207, 0.00088, 1, 0.5],
  ["Ne", 10, 20, 19_992440.17525, 0.00165, 0.904838, 0],
  ["Ne", 10, 21, 20_993846.685, 0.041, 0.002696, 1.5],
  ["Ne", 10, 22, 21_991385.113, 0.018, 0.092465, 0],
  ["Na", 11, 23, 22_989769.28195, 0.00194, 1, 1.5],
  ["Mg", 12, 24, 23_985041.689, 0.013, 0.78951, 0],
  ["Mg", 12, 25, 24_985836.966, 0.05, 0.1002, 2.5],
  ["Mg", 12, 26, 25_982592.972, 0.031, 0.11029, 0],
  ["Al", 13, 27, 26_981538.408, 0.05, 1, 2.5],
  ["Si", 14, 28, 27_976926.53442, 0.00055, 0.9222968, 0],
  ["Si", 14, 29, 28_976494.66434, 0.0006, 0.0468316, 0.5],
  ["Si", 14, 30, 29_973770.137, 0.023, 0.0308716, 0],
  ["S", 16, 32, 31_972071.17354, 0.00141, 0.9504074, 0],
  ["S", 16, 33, 32_971458.90862, 0.00144, 0.0074869, 1.5],
  ["S", 16, 34, 33_967867.011, 0.047, 0.0419599, 0],
  ["S", 16, 36, 35_967080.692, 0.201, 0.0001458, 0],
  ["Cl", 17, 35, 34_968852.694, 0.038, 0.757647, 1.5],
  ["Cl", 17, 37, 36_965902.573, 0.055, 0.242353, 1.5],
  ["Ar", 18, 36, 35_967545.106, 0.028, 0.0033361, 0],
  ["Ar", 18, 38, 37_962732.102, 0.209, 0.0006289, 0],
  ["Ar", 18, 40, 39_962383.12204, 0.00234, 0.996035, 0],
  ["K", 19, 39, 38_963706.48482, 0.00489, 0.932581, 1.5],
  ["K", 19, 40, 39_963998.165, 0.06, 0.0001167, 4],
  ["K", 19, 41, 40_961825.25611, 0.00403, 0.067302, 1.5],
  ["Ca", 20, 40, 39_962590.85, 0.022, 0.96941, 0],
  ["Ca", 20, 42, 41_958617.78, 0.159, 0.00647, 0],
  ["Ca", 20, 43, 42_958766.381, 0.244, 0.00135, 3.5],
  ["Ca", 20, 44, 43_955481.489, 0.348, 0.02086, 0],
  ["Ca", 20, 46, 45_953687.726, 2.398, 0.00004, 0],
  ["Ca", 20, 48, 47_952522.654, 0.018, 0.00187, 0],
  ["Zn", 30, 64, 63_929141.776, 0.69, 0.491704, 0],
  ["Zn", 30, 66, 65_926033.639, 0.798, 0.277306, 0],
  ["Zn", 30, 67, 66_927127.422, 0.81, 0.040401, 2.5],
  ["Zn", 30, 68, 67_924844.232, 0.835, 0.184483, 0],
  ["Zn", 30, 70, 69_925319.175, 2.058, 0.006106, 0],
  ["Ga", 31, 69, 68_925573.528, 1.285, 0.601079, 1.5],
  ["Ga", 31, 71, 70_924702.554, 0.87, 0.398921, 1.5],
  ["Ge", 32, 70, 69_924248.542, 0.88, 0.20526, 0],
  ["Ge", 32, 72, 71_922075.824, 0.081, 0.27446, 0],
  ["Ge", 32, 73, 72_923458.954, 0.061, 0.0776, 4.5],
  ["Ge", 32, 74, 73_921177.76, 0.013, 0.36523, 0],
  ["Ge", 32, 76, 75_921402.725, 0.019, 0.07745, 0],
  ["As", 33, 75, 74_921594.562, 0.948, 1, 1.5],
  ["Se", 34, 74, 73_922475.933, 0.015, 0.00863, 0],
  ["Se", 34, 76, 75_919213.702, 0.017, 0.0922, 0],
  ["Se", 34, 77, 76_919914.15, 0.067, 0.07594, 0.5],
  ["Se", 34, 78, 77_917309.244, 0.191, 0.23685, 0],
  ["Se", 34, 80, 79_916521.761, 1.016, 0.49813, 0],
  ["Se", 34, 82, 81_916699.531, 0.5, 0.08825, 0],
  ["Mo", 42, 92, 91_906807.153, 0.168, 0.14649, 0],
  ["Mo", 42, 94, 93_905083.586, 0.151, 0.09187, 0],
  ["Mo", 42, 95, 94_905837.436, 0.132, 0.15873, 2.5],
  ["Mo", 42, 96, 95_904674.77, 0.128, 0.16673, 0],
  ["Mo", 42, 97, 96_906016.903, 0.176, 0.09582, 2.5],
  ["Mo", 42, 98, 97_905403.609, 0.186, 0.24292, 0],
  ["Mo", 42, 100, 99_907467.982, 0.322, 0.09744, 0],
  ["Te", 52, 120, 119_904065.779, 1.88, 0.00096, 0],
  ["Te", 52, 122, 121_903044.708, 1.456, 0.02603, 0],
  ["Te", 52, 123, 122_904271.022, 1.454, 0.00908, 0.5],
  ["Te", 52, 124, 123_902818.341, 1.451, 0.04816, 0],
  ["Te", 52, 125, 124_904431.178, 1.451, 0.07139, 0.5],
  ["Te", 52, 126, 125_903312.144, 1.453, 0.18952, 0],
  ["Te", 52, 128, 127_904461.237, 0.758, 0.31687, 0],
  ["Te", 52, 130, 129_906222.745, 0.011, 0.33799, 0],
  ["I", 53, 127, 126_904472.592, 3.887, 1, 2.5],
  ["Xe", 54, 124, 123_905885.174, 1.457, 0.000952, 0],
  ["Xe", 54, 126, 125_904297.422, 0.006, 0.00089, 0],
  ["Xe", 54, 128, 127_903530.75341, 0.00558, 0.019102, 0],
  ["Xe", 54, 129, 128_904780.85742, 0.00542, 0.264006, 0.5],
  ["Xe", 54, 130, 129_903509.346, 0.01, 0.04071, 0],
  ["Xe", 54, 131, 130_905084.12808, 0.00549, 0.212324, 1.5],
  ["Xe", 54, 132, 131_904155.08346, 0.00544, 0.269086, 0],
  ["Xe", 54, 134, 133_905393.03, 0.006, 0.104357, 0],
  ["Xe", 54, 136, 135_907214.474, 0.007, 0.088573, 0],
  ["Cs", 55, 133, 132_905451.958, 0.008, 1, 3.5],
  ["W", 74, 180, 179_946713.304, 1.545, 0.001198, 0],
  ["W", 74, 182, 181_948205.636, 0.799, 0.264985, 0],
  ["W", 74, 183, 182_950224.416, 0.798, 0.143136, 0.5],
  ["W", 74, 184, 183_950933.18, 0.792, 0.306422, 0],
  ["W", 74, 186, 185_954365.14, 1.302, 0.284259, 0],
  ["Pb", 82, 204, 203_973043.506, 1.231, 0.014245, 0],
  ["Pb", 82, 206, 205_974465.21, 1.228, 0.241447, 0],
  ["Pb", 82, 207, 206_975896.821, 1.231, 0.220827, 0.5],
  ["Pb", 82, 208, 207_976652.005, 1.232, 0.523481, 0],
  ["Bi", 83, 209, 208_980398.599, 1.465, 1, 4.5],
];

/** Every naturally occurring isotope of the elements above, ordered by Z, then A. */
export const isotopeRows: readonly IsotopeRow[] = table.map(
  ([symbol, z, a, atomicMassMicroU, atomicMassSigmaMicroU, abundance, spin]) => ({
    symbol,
    z,
    a,
    atomicMassMicroU,
    atomicMassSigmaMicroU,
    abundance,
    spin,
  }),
);
