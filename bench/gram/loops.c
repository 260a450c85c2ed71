/*
 * The loops of the Gram form and of the sums over cells, as a compiler of C makes them. The numbers come from
 * bench/gram.mjs through a file: what is computed is written back to be checked, and then timed.
 *
 *   loops <input> check <output>      one pass over all points of each loop
 *   loops <input> time <milliseconds> points per second of processor time of each loop
 *
 * Input, doubles: points, cells, 22 coefficients of the Gram form (the constant, 6 of v, 15 of M), cells x 8 numbers in
 * units of sigma (residual without signal, background, signal of 1, x, y, x^2, x y, y^2), the relative errors of signal
 * and background and 1 + |error x background|^2, x of all points, y of all points.
 */
#define _POSIX_C_SOURCE 199309L
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__AVX512F__)
#define LANES 8
#elif defined(__AVX__)
#define LANES 4
#else
#define LANES 2
#endif
typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double))));

/* chi^2 = k0 - v^2/M at points (x, y) */
__attribute__((noinline)) static void gram(ptrdiff_t n, const double *k, const double *restrict xs,
                                           const double *restrict ys, double *restrict out) {
  const double k0 = k[0], k1 = k[1], k2 = k[2], k3 = k[3], k4 = k[4], k5 = k[5], k6 = k[6], k7 = k[7], k8 = k[8],
               k9 = k[9], k10 = k[10], k11 = k[11], k12 = k[12], k13 = k[13], k14 = k[14], k15 = k[15], k16 = k[16],
               k17 = k[17], k18 = k[18], k19 = k[19], k20 = k[20], k21 = k[21];
  for (ptrdiff_t i = 0; i < n; i++) {
    const double x = xs[i], y = ys[i];
    const double v = (k6 * y + (k5 * x + k4)) * y + ((k3 * x + k2) * x + k1);
    const double q0 = (((k11 * x + k10) * x + k9) * x + k8) * x + k7;
    const double q1 = ((k15 * x + k14) * x + k13) * x + k12;
    const double q2 = (k18 * x + k17) * x + k16;
    const double q3 = k20 * x + k19;
    const double m = (((k21 * y + q3) * y + q2) * y + q1) * y + q0;
    out[i] = k0 - v * v / m;
  }
}

/* The same along a row of a grid: x fixed. */
__attribute__((noinline)) static void row(ptrdiff_t n, const double *k, double x, const double *restrict ys,
                                          double *restrict out) {
  const double k0 = k[0];
  const double v0 = (k[3] * x + k[2]) * x + k[1], v1 = k[5] * x + k[4], v2 = k[6];
  const double q0 = (((k[11] * x + k[10]) * x + k[9]) * x + k[8]) * x + k[7];
  const double q1 = ((k[15] * x + k[14]) * x + k[13]) * x + k[12];
  const double q2 = (k[18] * x + k[17]) * x + k[16];
  const double q3 = k[20] * x + k[19], q4 = k[21];
  for (ptrdiff_t i = 0; i < n; i++) {
    const double y = ys[i];
    const double v = (v2 * y + v1) * y + v0;
    const double m = (((q4 * y + q3) * y + q2) * y + q1) * y + q0;
    out[i] = k0 - v * v / m;
  }
}

/* Sums over cells for a vector of points, then both pulls in closed form. */
__attribute__((noinline)) static void bins(ptrdiff_t n, ptrdiff_t cells, const double *c, const double *errors,
                                           const double *xs, const double *ys, double *out) {
  for (ptrdiff_t i = 0; i < n; i += LANES) {
    lanes x, y;
    memcpy(&x, xs + i, sizeof x);
    memcpy(&y, ys + i, sizeof y);
    const lanes xx = x * x, xy = x * y, yy = y * y;
    lanes rr = x - x, rt = rr, rb = rr, tt = rr, tb = rr;
    for (const double *k = c, *end = c + 8 * cells; k < end; k += 8) {
      const lanes t = k[2] + k[3] * x + k[4] * y + k[5] * xx + k[6] * xy + k[7] * yy;
      const lanes r = k[0] - t;
      rr += r * r;
      rt += r * t;
      rb += r * k[1];
      tt += t * t;
      tb += t * k[1];
    }
    const lanes va = errors[0] * rt, vb = errors[1] * rb;
    const lanes maa = 1.0 + errors[0] * errors[0] * tt, mab = errors[0] * errors[1] * tb;
    const lanes chi2 =
        rr - (va * va * errors[2] - 2.0 * va * vb * mab + vb * vb * maa) / (maa * errors[2] - mab * mab);
    memcpy(out + i, &chi2, sizeof chi2);
  }
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static ptrdiff_t points, cells;
static double *k, *c, *errors, *x, *y, *out;

static void run_gram(void) { gram(points, k, x, y, out); }
static void run_row(void) { row(points, k, x[0], y, out); }
static void run_bins(void) { bins(points, cells, c, errors, x, y, out); }

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  FILE *file = fopen(argv[1], "rb");
  double head[2];
  if (file == NULL || fread(head, sizeof(double), 2, file) != 2) return 3;
  points = (ptrdiff_t)head[0];
  cells = (ptrdiff_t)head[1];
  const size_t rest = (size_t)(22 + 8 * cells + 3 + 2 * points);
  double *all = malloc(rest * sizeof(double));
  if (all == NULL || fread(all, sizeof(double), rest, file) != rest) return 3;
  fclose(file);
  k = all;
  c = k + 22;
  errors = c + 8 * cells;
  const size_t bytes = (size_t)points * sizeof(double);
  x = aligned_alloc(64, bytes);
  y = aligned_alloc(64, bytes);
  out = aligned_alloc(64, bytes);
  if (x == NULL || y == NULL || out == NULL) return 3;
  memcpy(x, errors + 3, bytes);
  memcpy(y, errors + 3 + points, bytes);
  void (*const loops[3])(void) = {run_gram, run_row, run_bins};
  const char *const names[3] = {"gram", "row", "bins"};
  if (strcmp(argv[2], "check") == 0) {
    FILE *to = fopen(argv[3], "wb");
    if (to == NULL) return 3;
    for (int l = 0; l < 3; l++) {
      loops[l]();
      if (fwrite(out, sizeof(double), (size_t)points, to) != (size_t)points) return 3;
    }
    return fclose(to) == 0 ? 0 : 3;
  }
  const double wanted = 1e-3 * atof(argv[3]);
  printf("{\"bits\": %d", LANES * 64);
  for (int l = 0; l < 3; l++) {
    long passes = 0;
    double spent = 0;
    const double start = seconds();
    do {
      for (int j = 0; j < 50; j++) loops[l]();
      passes += 50;
      spent = seconds() - start;
    } while (spent < wanted);
    printf(", \"%s\": %.6g", names[l], (double)points * (double)passes / spent);
  }
  printf("}\n");
  return 0;
}
