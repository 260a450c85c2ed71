/** The TeX commands labels may use: what they print and which class of atom they are. */

/** Atom classes of TeX (TeXbook, chapter 17); the space between two atoms depends on theirs. */
export type AtomClass = "ord" | "op" | "bin" | "rel" | "open" | "close" | "punct";

/** A sixth of the em: \, of TeX. */
export const THIN_SPACE = "\u2009";

export interface Symbol {
  readonly character: string;
  readonly kind: AtomClass;
  readonly italic: boolean;
}

function table(kind: AtomClass, italic: boolean, entries: Readonly<Record<string, string>>): [string, Symbol][] {
  return Object.entries(entries).map(([name, character]) => [name, { character, kind, italic }]);
}

/** Commands without argument, by name without backslash. */
export const SYMBOLS: ReadonlyMap<string, Symbol> = new Map([
  ...table("ord", true, {
    alpha: "α",
    beta: "β",
    gamma: "γ",
    delta: "δ",
    epsilon: "ϵ",
    varepsilon: "ε",
    zeta: "ζ",
    eta: "η",
    theta: "θ",
    vartheta: "ϑ",
    iota: "ι",
    kappa: "κ",
    lambda: "λ",
    mu: "μ",
    nu: "ν",
    xi: "ξ",
    omicron: "ο",
    pi: "π",
    rho: "ρ",
    sigma: "σ",
    varsigma: "ς",
    tau: "τ",
    upsilon: "υ",
    phi: "ϕ",
    varphi: "φ",
    chi: "χ",
    psi: "ψ",
    omega: "ω",
    ell: "ℓ",
    hbar: "ħ",
  }),
  ...table("ord", false, {
    Gamma: "Γ",
    Delta: "Δ",
    Theta: "Θ",
    Lambda: "Λ",
    Xi: "Ξ",
    Pi: "Π",
    Sigma: "Σ",
    Upsilon: "Υ",
    Phi: "Φ",
    Psi: "Ψ",
    Omega: "Ω",
    nabla: "∇",
    infty: "∞",
    degree: "°",
    prime: "′",
    dagger: "†",
    "%": "%",
    "&": "&",
    $: "$",
    "#": "#",
    _: "_",
  }),
  ...table("bin", false, { pm: "±", mp: "∓", times: "×", cdot: "·", ast: "∗", div: "÷" }),
  ...table("rel", false, {
    le: "≤",
    leq: "≤",
    ge: "≥",
    geq: "≥",
    ll: "≪",
    gg: "≫",
    ne: "≠",
    neq: "≠",
    equiv: "≡",
    approx: "≈",
    sim: "∼",
    to: "→",
    rightarrow: "→",
    leftarrow: "←",
  }),
  ...table("op", false, { sum: "∑", prod: "∏" }),
  ...table("open", false, { "{": "{" }),
  ...table("close", false, { "}": "}" }),
]);

/** Roman function names: \sin prints "sin" as an operator. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  ..."sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp min max sup inf lim det dim arg".split(
    " ",
  ),
]);

/** Explicit spaces in mu (1/18 em). */
export const SPACES: ReadonlyMap<string, number> = new Map([
  [",", 3],
  [":", 4],
  [">", 4],
  [";", 5],
  ["!", -3],
  [" ", 6],
  ["quad", 18],
  ["qquad", 36],
]);

/** Commands with one argument. */
export const FACES: ReadonlyMap<string, "regular" | "italic" | "bold"> = new Map([
  ["mathrm", "regular"],
  ["operatorname", "regular"],
  ["mathit", "italic"],
  ["mathbf", "bold"],
]);

/** Class and printed form of a character typed in math; letters are italic, digits and the rest roman. */
export function mathCharacter(character: string): Symbol {
  const printed = character === "-" ? "−" : character === "*" ? "∗" : character;
  for (const [kind, members] of CLASSES)
    if (members.includes(printed)) return { character: printed, kind, italic: false };
  return { character: printed, kind: "ord", italic: /[A-Za-z\u03b1-\u03c9\u03d1\u03d5\u03f5ħℓ]/u.test(printed) };
}

const CLASSES: readonly (readonly [AtomClass, string])[] = [
  ["bin", "+−∗±∓×·÷"],
  ["rel", "=<>:≤≥≪≫≠≡≈∼→←"],
  ["open", "(["],
  ["close", ")]!?"],
  ["punct", ",;"],
];
