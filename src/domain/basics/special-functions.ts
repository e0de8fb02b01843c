/** √(2π). */
const rootTwoPi = 2.5066282746310002;

/** `c[0] + c[1]·x + …`, by Horner's rule. */
function polynomial(c: readonly number[], x: number): number {
  let sum = 0;
  for (let i = c.length - 1; i >= 0; i -= 1) sum = sum * x + c[i]!;
  return sum;
}

// W. J. Cody, “Rational Chebyshev approximations for the error function”, Math. Comp. 23 (1969): three ranges, lowest power first.
const nearTop = [3209.37758913846947, 377.485237685302021, 113.864154151050156, 3.1611237438705656, 0.185777706184603153];
const nearBottom = [2844.23683343917062, 1282.61652607737228, 244.024637934444173, 23.6012909523441209, 1];
const middleTop = [
  1230.33935479799725, 2051.07837782607147, 1712.04761263407058, 881.95222124176909, 298.635138197400131, 66.1191906371416295, 8.88314979438837594,
  0.564188496988670089, 2.15311535474403846e-8,
];
const middleBottom = [
  1230.33935480374942, 3439.36767414372164, 4362.61909014324716, 3290.79923573345963, 1621.38957456669019, 537.181101862009858, 117.693950891312499,
  15.7449261107098347, 1,
];
const farTop = [6.58749161529837803e-4, 1.60837851487422766e-2, 0.125781726111229246, 0.360344899949804439, 0.305326634961232344, 1.63153871373020978e-2];
const farBottom = [2.33520497626869185e-3, 6.05183413124413191e-2, 0.527905102951428412, 1.87295284992346725, 2.56852019228982242, 1];

/** e^(−y²) for y ≥ 0 without losing digits to the rounding of y²: y is split at 1/16. */
function gaussian(y: number): number {
  const coarse = Math.trunc(y * 16) / 16;
  return Math.exp(-coarse * coarse) * Math.exp(-(y - coarse) * (y + coarse));
}

/** erfc(y) for y ≥ 0.46875. */
function errorTail(y: number): number {
  if (y <= 4) return (gaussian(y) * polynomial(middleTop, y)) / polynomial(middleBottom, y);
  if (y > 27) return 0;
  const z = 1 / (y * y);
  const correction = (z * polynomial(farTop, z)) / polynomial(farBottom, z);
  return (gaussian(y) * (0.5641895835477563 - correction)) / y;
}

/** Complementary error function erfc(x), relative error about 1e-15. */
export function complementaryError(x: number): number {
  const y = Math.abs(x);
  if (y < 0.46875) return 1 - (x * polynomial(nearTop, y * y)) / polynomial(nearBottom, y * y);
  const tail = errorTail(y);
  return x < 0 ? 2 - tail : tail;
}

/** Standard normal distribution function Φ(x); the lower tail keeps its relative accuracy. */
export const normalCdf = (x: number): number => 0.5 * complementaryError(-x * Math.SQRT1_2);

/** Standard normal density. */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / rootTwoPi;

// M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988): centre, shoulder and tail, lowest power first.
const centreTop = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
  33430.575583588128105, 2509.0809287301226727,
];
const centreBottom = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674,
  5226.495278852854561,
];
const shoulderTop = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177,
  2.27238449892691845833e-2, 7.7454501427834140764e-4,
];
const shoulderBottom = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 1.51986665636164571966e-2, 5.475938084995344946e-4,
  1.05075007164441684324e-9,
];
const tailTop = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 2.6532189526576123093e-2, 1.2426609473880784386e-3,
  2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const tailBottom = [
  1, 0.59983220655588793769, 0.13692988092273580531, 1.48753612908506148525e-2, 7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
  2.04426310338993978564e-15,
];

/** Standard normal quantile Φ⁻¹(p) by AS 241, relative error about 1e-16; −∞ at 0, +∞ at 1, NaN outside [0, 1]. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return centreQuantile(q);
  const tail = q < 0 ? p : 1 - p;
  if (!(tail >= 0)) return Number.NaN;
  return q < 0 ? -upperQuantile(tail) : upperQuantile(tail);
}

function centreQuantile(q: number): number {
  const r = 0.180625 - q * q;
  return (q * polynomial(centreTop, r)) / polynomial(centreBottom, r);
}

function upperQuantile(tail: number): number {
  if (tail === 0) return Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  if (r <= 5) return polynomial(shoulderTop, r - 1.6) / polynomial(shoulderBottom, r - 1.6);
  return polynomial(tailTop, r - 5) / polynomial(tailBottom, r - 5);
}

/** Coefficients B₂ₖ/(2k(2k−1)) of Stirling's series for ln Γ. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
const halfLogTwoPi = 0.9189385332046727;

/** ln Γ(x) for x > 0: Stirling's series after shifting x above 10. Exactly 0 at 1 and 2; NaN for x ≤ 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x === 1 || x === 2) return 0;
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const series = polynomial(stirling, 1 / (shifted * shifted)) / shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + series - Math.log(product);
}

/** Smallest denominator of a continued fraction, so that Lentz's method never divides by zero. */
const tiny = 1e-300;
const awayFromZero = (x: number): number => (Math.abs(x) < tiny ? tiny : x);

/** Evaluates a continued fraction by the modified Lentz method; `step(m)` gives the m-th partial numerator and denominator. */
function continuedFraction(first: number, step: (m: number) => readonly [numerator: number, denominator: number]): number {
  let value = awayFromZero(first);
  let c = value;
  let d = 0;
  for (let m = 1; m <= 10_000; m += 1) {
    const [numerator, denominator] = step(m);
    d = 1 / awayFromZero(denominator + numerator * d);
    c = awayFromZero(denominator + numerator / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** Partial numerators of the continued fraction of the incomplete beta function (DLMF 8.17.22). */
function betaNumerator(a: number, b: number, x: number, m: number): number {
  const k = Math.floor(m / 2);
  if (m % 2 === 0) return (k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k));
  return (-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1));
}

/** Regularised incomplete beta function I_x(a, b), a and b > 0, x in [0, 1]. */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  return front / continuedFraction(1, (m) => [betaNumerator(a, b, x, m), 1]);
}

/** Regularised lower incomplete gamma function P(a, x), a > 0, x ≥ 0. */
export function incompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? front * gammaSeries(a, x) : 1 - front / gammaFraction(a, x);
}

/** Σ xⁿ / (a(a+1)…(a+n)). */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Denominator of Legendre's continued fraction for the upper incomplete gamma function. */
const gammaFraction = (a: number, x: number): number => continuedFraction(x + 1 - a, (m) => [-m * (m - a), x + 2 * m + 1 - a]);
