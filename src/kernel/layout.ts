/**
 * Where things are in the memory of a kernel: `p` holds whole numbers (the program), `m` real ones.
 *
 * The head of `p`, by name. Names that begin with M_ are places in `m`, with P_ places in `p`, the others counts.
 */

import type { i32 } from "./lanes.ts";

export const COUPLINGS: i32 = 0;
/** Couplings first, then the nuisances of the model. */
export const UNKNOWNS: i32 = 1;
export const CELLS: i32 = 2;
export const FEATURES: i32 = 3;
export const GROUPS: i32 = 4;
/** Runs of cells with the same statistics. */
export const RANGES: i32 = 5;
/** Three numbers per feature: kind, unknown, order. */
export const P_FEATURES: i32 = 6;
/** GROUP_SIZE numbers per group, see below. */
export const P_GROUPS: i32 = 7;
/** Three numbers per range: first cell, length, 1 for Poisson. */
export const P_RANGES: i32 = 8;
/** Two numbers per unknown: first cell that it can move, and how many from there on. */
export const P_REACH: i32 = 9;
/** One number per unknown, the caller's: 1 where it may move. */
export const P_FREE: i32 = 10;
/** Unknowns that derivatives were taken for, and those that a step moves. */
export const P_OPEN: i32 = 11;
export const P_MOVING: i32 = 12;
/** Rows cut at zero in the last evaluation. */
export const CUTS: i32 = 13;
/** How the last search ended. */
export const STATUS: i32 = 14;
export const M_UNKNOWNS: i32 = 15;
export const M_LOWER: i32 = 16;
export const M_UPPER: i32 = 17;
/** Measured centre of each constraint, and 1 where there is one. */
export const M_CENTRE: i32 = 18;
export const M_CONSTRAINED: i32 = 19;
export const M_OBSERVED: i32 = 20;
/** 1/sigma^2 of Gaussian cells. */
export const M_WEIGHT: i32 = 21;
export const M_MU: i32 = 22;
/** d chi^2/d mu and d^2 chi^2/d mu^2 of each cell. */
export const M_SLOPE: i32 = 23;
export const M_BEND: i32 = 24;
export const M_BENT: i32 = 25;
/** Low and high end of each feature's range. */
export const M_FEATURE_RANGE: i32 = 26;
/** Values, first and second derivatives of the features by their unknown. */
export const M_VALUE: i32 = 27;
export const M_SLOPE_OF: i32 = 28;
export const M_BEND_OF: i32 = 29;
/** d mu/d unknown: one row of cells per unknown. */
export const M_FIRST: i32 = 30;
export const M_GRADIENT: i32 = 31;
export const M_HESSIAN: i32 = 32;
export const M_FACTOR: i32 = 33;
export const M_MOVE: i32 = 34;
export const M_BEFORE: i32 = 35;
/** Sums of one group: of its rows, and of their derivative by each unknown. */
export const M_ROW_SLOPE: i32 = 36;
export const M_FOUR: i32 = 37;
/** Eigenvectors of the Hessian, one per row, and its scale and eigenvalue of each. */
export const M_VECTORS: i32 = 38;
export const M_SCALE: i32 = 39;
/** Couplings at which the slots were summed. */
export const M_COUPLED: i32 = 40;
/** Group and row that a search holds on the edge where it is cut; no group: 0. */
export const EDGE_GROUP: i32 = 41;
export const EDGE_ROW: i32 = 42;
/** Numbers of that search, see below. */
export const M_EDGE: i32 = 43;
export const HEAD_SIZE: i32 = 44;

/** Kinds of features: the unknown itself, the even half of a morph, a Chebyshev polynomial over a range. */
export const ITSELF: i32 = 0;
export const MORPH: i32 = 1;
export const CHEBYSHEV: i32 = 2;

/** At most so many features multiply a term; -1 stands for none. Then their places among the group's own unknowns. */
export const TERM_FEATURES: i32 = 4;
export const TERM_SIZE: i32 = 8;

/** Numbers of a group, from its beginning: rows E spread over shares S, times factors. */
export const G_CELL: i32 = 0;
export const G_ROWS: i32 = 1;
export const G_BINS: i32 = 2;
export const G_TERMS: i32 = 3;
/** Terms in runs that one feature of a nuisance moves, in SLOT_SIZE numbers each; first those that none moves. */
export const G_SLOTS: i32 = 4;
export const G_P_TERMS: i32 = 5;
export const G_M_TERMS: i32 = 6;
export const G_M_ROWS: i32 = 7;
/** Sums of each slot at the couplings at hand. */
export const G_M_SLOTS: i32 = 8;
export const G_M_ALIVE: i32 = 9;
/** Parts of the shares and the feature that each goes by. */
export const G_SHARES: i32 = 10;
export const G_P_SHARES: i32 = 11;
export const G_M_SHARES_NOMINAL: i32 = 12;
export const G_M_SHARES_PARTS: i32 = 13;
export const G_M_SHARES: i32 = 14;
export const G_FACTORS: i32 = 15;
export const G_P_FACTORS: i32 = 16;
/** Relative size of one unit of each factor's unknown. */
export const G_M_FACTORS: i32 = 17;
/** Unknowns that move rows, and those that move shares. */
export const G_ROW_UNKNOWNS: i32 = 18;
export const G_P_ROW_UNKNOWNS: i32 = 19;
export const G_M_ROW_SLOPES: i32 = 20;
export const G_SHARE_UNKNOWNS: i32 = 21;
export const G_P_SHARE_UNKNOWNS: i32 = 22;
export const G_M_SHARE_SLOPES: i32 = 23;
export const G_M_PER_ROW: i32 = 24;
export const G_M_SHARE_BEND: i32 = 25;
/** Rows cut at zero in the last evaluation, those by rounding included. */
export const G_DEAD: i32 = 26;
export const G_P_SLOTS: i32 = 27;
export const GROUP_SIZE: i32 = 28;

/** Of a slot: feature that moves it (-1: none), place of its unknown among the group's own, first term, how many. */
export const S_FEATURE: i32 = 0;
export const S_OWN: i32 = 1;
export const S_FIRST: i32 = 2;
export const S_TERMS: i32 = 3;
export const SLOT_SIZE: i32 = 4;

/** Of M_EDGE: share of the row that counts, the row without it, length of the last step; then three rows of unknowns. */
export const EDGE_SHARE: i32 = 0;
export const EDGE_COUNT: i32 = 1;
export const EDGE_STEP: i32 = 2;
export const EDGE_ROWS: i32 = 4;

/** How a search ends. */
export const CONVERGED: i32 = 0;
export const NOT_FINITE: i32 = 1;
export const OUT_OF_STEPS: i32 = 2;
/** On an edge where a row is cut: much was to be gained, yet no step gains. */
export const AT_EDGE: i32 = 3;
