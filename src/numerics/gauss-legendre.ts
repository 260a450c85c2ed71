/** Gauss-Legendre quadrature on [-1, 1] and its use over panels. */

export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, QuadratureRule>();

/**
 * Nodes and weights of n-point Gauss-Legendre quadrature, exact for polynomials up to degree 2n - 1.
 * Roots of P_n by Newton's method from the Chebyshev-like first guess; rules are computed once.
 * @param n number of nodes, 1 to a few hundred
 * @example gaussLegendre(1).weights[0] === 2
 */
export function gaussLegendre(n: number): QuadratureRule {
  const known = rules.get(n);
  if (known !== undefined) return known;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let derivative = 1;
    for (let step = 0; step < 100; step++) {
      let p = 1;
      let below = 0;
      for (let k = 1; k <= n; k++) {
        const next = ((2 * k - 1) * x * p - (k - 1) * below) / k;
        below = p;
        p = next;
      }
      derivative = (n * (x * p - below)) / (x * x - 1);
      const shift = p / derivative;
      x -= shift;
      if (Math.abs(shift) < 1e-15) break;
    }
    if (n % 2 === 1 && i === (n - 1) / 2) x = 0;
    const weight = 2 / ((1 - x * x) * derivative * derivative);
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  const rule = { nodes, weights };
  rules.set(n, rule);
  return rule;
}

/**
 * Integrate f over [a, b] with n Gauss-Legendre nodes in each panel between the breakpoints that fall inside.
 * @param f integrand, smooth between breakpoints
 * @param breakpoints places where f or a derivative jumps; order and values outside [a, b] do not matter
 * @returns 0 for an empty interval
 * @example integrate((x) => x * x, 0, 3) is 9 to 1e-15
 */
export function integrate(
  f: (x: number) => number,
  a: number,
  b: number,
  options: { readonly nodes?: number; readonly breakpoints?: readonly number[] } = {},
): number {
  const rule = gaussLegendre(options.nodes ?? 32);
  let sum = 0;
  for (const [low, high] of panels(a, b, options.breakpoints ?? [])) {
    const half = (high - low) / 2;
    const middle = (high + low) / 2;
    let panel = 0;
    for (let k = 0; k < rule.nodes.length; k++) panel += rule.weights[k]! * f(middle + half * rule.nodes[k]!);
    sum += half * panel;
  }
  return sum;
}

/** Split [a, b] at the breakpoints inside it: increasing, non-empty intervals; none for b <= a. */
export function panels(a: number, b: number, breakpoints: readonly number[]): [number, number][] {
  if (!(b > a)) return [];
  const inside = breakpoints.filter((x) => x > a && x < b).sort((x, y) => x - y);
  const edges = [a, ...inside, b];
  const out: [number, number][] = [];
  for (let i = 1; i < edges.length; i++) if (edges[i]! > edges[i - 1]!) out.push([edges[i - 1]!, edges[i]!]);
  return out;
}
