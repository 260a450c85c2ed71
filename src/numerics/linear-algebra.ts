/** Small dense symmetric matrices, row-major: what fits of a few parameters need. */

/**
 * Solve A x = b for a symmetric positive-definite A (n x n, row-major) by Cholesky factorisation.
 * @returns x, or undefined when A is not positive definite
 * @example solvePositive([4], [8], 1) is [2]
 */
export function solvePositive(A: ArrayLike<number>, b: ArrayLike<number>, n: number): Float64Array | undefined {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= L[i * n + k]! * L[j * n + k]!;
      if (i === j) {
        if (!(sum > 0)) return undefined;
        L[i * n + i] = Math.sqrt(sum);
      } else L[i * n + j] = sum / L[j * n + j]!;
    }
  }
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= L[i * n + k]! * x[k]!;
    x[i] = sum / L[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= L[k * n + i]! * x[k]!;
    x[i] = sum / L[i * n + i]!;
  }
  return x;
}

export interface Eigensystem {
  /** Increasing. */
  readonly values: Float64Array;
  /** `vectors[k]` is the unit eigenvector of `values[k]`. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix (n x n, row-major) by cyclic Jacobi rotations.
 * @example symmetricEigen([2, 0, 0, 1], 2).values is [1, 2]
 * @source G. H. Golub and C. F. Van Loan, Matrix Computations, section 8.5
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigensystem {
  const A = Float64Array.from(matrix);
  const V = new Float64Array(n * n);
  for (let i = 0; i < n; i++) V[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < n; i++) {
      diagonal += A[i * n + i]! ** 2;
      for (let j = 0; j < i; j++) off += A[i * n + j]! ** 2;
    }
    if (off <= 1e-32 * diagonal || off === 0) break;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(A, V, n, p, q);
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => A[i * n + i]! - A[j * n + j]!);
  return {
    values: Float64Array.from(order, (k) => A[k * n + k]!),
    vectors: order.map((k) => Float64Array.from({ length: n }, (_, i) => V[i * n + k]!)),
  };
}

/**
 * Shortest x that solves A x = b in the least-squares sense for a symmetric positive-semidefinite A (n x n, row-major):
 * directions whose eigenvalue is below 1e-12 of the largest count as open and stay 0.
 * @example solveSemidefinite([1, 0, 0, 0], [3, 0], 2) is [3, 0]
 */
export function solveSemidefinite(A: ArrayLike<number>, b: ArrayLike<number>, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(A, n);
  const x = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    if (!(values[k]! > 1e-12 * values[n - 1]!)) continue;
    const along = vectors[k]!.reduce((sum, v, i) => sum + v * b[i]!, 0) / values[k]!;
    for (let i = 0; i < n; i++) x[i]! += along * vectors[k]![i]!;
  }
  return x;
}

function rotate(A: Float64Array, V: Float64Array, n: number, p: number, q: number): void {
  const apq = A[p * n + q]!;
  if (apq === 0) return;
  const theta = (A[q * n + q]! - A[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const akp = A[k * n + p]!;
    const akq = A[k * n + q]!;
    A[k * n + p] = c * akp - s * akq;
    A[k * n + q] = s * akp + c * akq;
  }
  for (let k = 0; k < n; k++) {
    const apk = A[p * n + k]!;
    const aqk = A[q * n + k]!;
    A[p * n + k] = c * apk - s * aqk;
    A[q * n + k] = s * apk + c * aqk;
    const vkp = V[k * n + p]!;
    const vkq = V[k * n + q]!;
    V[k * n + p] = c * vkp - s * vkq;
    V[k * n + q] = s * vkp + c * vkq;
  }
}

/**
 * Sum of a[i] b[i] for low <= i < high, in four partial sums: a chain of single additions would wait for each of them.
 * @example dotProduct([1, 2, 3], [4, 5, 6], 0, 3) === 32
 */
export function dotProduct(a: Float64Array, b: Float64Array, low: number, high: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = low;
  for (; i + 3 < high; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < high; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
