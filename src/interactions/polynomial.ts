/**
 * Polynomials of degree one and two in named couplings: the form in which every interaction enters. The name `1` stands
 * for the constant.
 */

/** Sum of coefficient x coupling. */
export type Linear = ReadonlyMap<string, number>;
/** Sum of coefficient x coupling x coupling; keys are pairs from `monomial`. */
export type Quadratic = ReadonlyMap<string, number>;

export const CONSTANT = "1";

export function linear(...terms: readonly (readonly [string, number])[]): Linear {
  const out = new Map<string, number>();
  for (const [name, coefficient] of terms) {
    if (coefficient !== 0) out.set(name, (out.get(name) ?? 0) + coefficient);
  }
  return out;
}

/** Key of a product of two couplings, the same for both orders. */
export function monomial(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

export function factors(key: string): readonly [string, string] {
  const [a, b] = key.split(" ");
  return [a!, b!];
}

/** a + scale b, of either degree. */
export function plus(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, scale = 1): Map<string, number> {
  const out = new Map(a);
  for (const [key, coefficient] of b) out.set(key, (out.get(key) ?? 0) + scale * coefficient);
  return out;
}

/** Product of two linear forms. */
export function times(a: Linear, b: Linear): Map<string, number> {
  const out = new Map<string, number>();
  for (const [i, x] of a) {
    for (const [j, y] of b) {
      const key = monomial(i, j);
      out.set(key, (out.get(key) ?? 0) + x * y);
    }
  }
  return out;
}

/** A linear form as a quadratic one: every term times the constant. */
export function promoted(a: Linear): Map<string, number> {
  return times(a, linear([CONSTANT, 1]));
}

/** Value of a quadratic form; couplings that are not given are 0. */
export function evaluateForm(form: Quadratic, couplings: Readonly<Record<string, number>>): number {
  const at = (name: string): number => (name === CONSTANT ? 1 : (couplings[name] ?? 0));
  let sum = 0;
  for (const [key, coefficient] of form) {
    const [a, b] = factors(key);
    sum += coefficient * at(a) * at(b);
  }
  return sum;
}
