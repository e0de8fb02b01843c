import FFT from 'fft.js';

/** A distribution on the grid 0, step, 2·step, …: `probability[k]` = P(S = k·step). */
export interface GridDistribution {
  readonly step: number;
  readonly probability: Float64Array;
}

/**
 * Puts a severity on a grid so that its limited expected values at every grid point are kept (local moment matching of order one):
 * f_k = (2·E[Y∧kh] − E[Y∧(k−1)h] − E[Y∧(k+1)h])/h. Each amount is split between its two neighbours in the ratio that keeps its mean,
 * so that a stochastically larger severity stays stochastically larger. `limitedMean(x)` is E[Y∧x]; amounts at or above the last point are put there.
 */
export function discretise(limitedMean: (x: number) => number, step: number, points: number): GridDistribution {
  const probability = new Float64Array(points);
  let before = 0;
  let here = 0;
  for (let k = 0; k < points; k += 1) {
    const after = k + 1 < points ? limitedMean((k + 1) * step) : here;
    const up = (after - here) / step;
    const down = k === 0 ? 1 : (here - before) / step;
    probability[k] = Math.max(0, down - up);
    before = here;
    here = after;
  }
  return { step, probability };
}

const transforms = new Map<number, FFT>();

function transformOf(size: number): FFT {
  const known = transforms.get(size);
  if (known !== undefined) return known;
  const made = new FFT(size);
  transforms.set(size, made);
  return made;
}

/** The smallest power of two that is at least `n` (and at least 4). */
export const powerOfTwoFrom = (n: number): number => 2 ** Math.max(2, Math.ceil(Math.log2(n)));

/**
 * Distribution of S = Y₁ + … + Y_N, N ~ Poisson(Σ intensity), by the fast Fourier transform. `intensity[k]` is the yearly rate of claims of size k·step.
 * `points` (a power of two) must hold four times the largest claim, so that what wraps round is negligible. Probabilities carry noise of about 1e-17, of either sign.
 */
export function compoundPoisson(intensity: Float64Array, step: number, points: number): GridDistribution {
  let rate = 0;
  for (let k = 0; k < intensity.length; k += 1) rate += intensity[k]!;
  const spectrum = realSpectrum(intensity, points);
  exponentiate(spectrum, rate);
  const probability = realFromSpectrum(spectrum, points);
  probability[0]! += Math.exp(-rate);
  return { step, probability };
}

/** e^(−2πik/points) for k up to points/2: cosines and sines in turn, made once for a size. */
const rootsOf = new Map<number, Float64Array>();

function roots(points: number): Float64Array {
  const known = rootsOf.get(points);
  if (known !== undefined) return known;
  const made = new Float64Array(points + 2);
  for (let k = 0; k <= points / 2; k += 1) {
    made[2 * k] = Math.cos((2 * Math.PI * k) / points);
    made[2 * k + 1] = -Math.sin((2 * Math.PI * k) / points);
  }
  rootsOf.set(points, made);
  return made;
}

/**
 * First half of the spectrum of a real series, padded with zeros: even and odd points are the two parts of a complex series of half the length, whose transform costs half
 * (Sorensen et al. 1987).
 */
function realSpectrum(series: Float64Array, points: number): Float64Array {
  const half = points / 2;
  const packed = new Float64Array(points);
  packed.set(series);
  const z = new Float64Array(points);
  transformOf(half).transform(z, packed);
  const w = roots(points);
  const spectrum = new Float64Array(points + 2);
  for (let k = 0; k <= half; k += 1) {
    const a = 2 * (k === half ? 0 : k);
    const b = 2 * (k === 0 ? 0 : half - k);
    const evenReal = z[a]! + z[b]!;
    const evenImaginary = z[a + 1]! - z[b + 1]!;
    const oddReal = z[a + 1]! + z[b + 1]!;
    const oddImaginary = z[b]! - z[a]!;
    spectrum[2 * k] = (evenReal + w[2 * k]! * oddReal - w[2 * k + 1]! * oddImaginary) / 2;
    spectrum[2 * k + 1] = (evenImaginary + w[2 * k]! * oddImaginary + w[2 * k + 1]! * oddReal) / 2;
  }
  return spectrum;
}

/** The real series of a spectrum's first half: the way back of `realSpectrum`. */
function realFromSpectrum(spectrum: Float64Array, points: number): Float64Array {
  const half = points / 2;
  const w = roots(points);
  const z = new Float64Array(points);
  for (let k = 0; k < half; k += 1) {
    const b = 2 * (half - k);
    const evenReal = spectrum[2 * k]! + spectrum[b]!;
    const evenImaginary = spectrum[2 * k + 1]! - spectrum[b + 1]!;
    const differReal = spectrum[2 * k]! - spectrum[b]!;
    const differImaginary = spectrum[2 * k + 1]! + spectrum[b + 1]!;
    const oddReal = w[2 * k]! * differReal + w[2 * k + 1]! * differImaginary;
    const oddImaginary = w[2 * k]! * differImaginary - w[2 * k + 1]! * differReal;
    z[2 * k] = (evenReal - oddImaginary) / 2;
    z[2 * k + 1] = (evenImaginary + oddReal) / 2;
  }
  const series = new Float64Array(points);
  transformOf(half).inverseTransform(series, z);
  return series;
}

/**
 * Replaces each complex z of `spectrum` by e^(−rate)·(e^z − 1). The certain part e^(−rate) at 0 is added after the inverse transform,
 * so that the noise is as small as the rate and not as large as 1. Half angles serve for both parts, so that each point takes three functions.
 */
function exponentiate(spectrum: Float64Array, rate: number): void {
  const none = Math.exp(-rate);
  for (let i = 0; i < spectrum.length; i += 2) {
    const grown = Math.expm1(spectrum[i]!);
    const half = spectrum[i + 1]! / 2;
    const sine = Math.sin(half);
    const twice = 2 * sine * sine;
    spectrum[i] = none * (grown * (1 - twice) - twice);
    spectrum[i + 1] = none * (grown + 1) * 2 * sine * Math.cos(half);
  }
}

/** A claim count of Panjer's class (a, b, 0): P(N = n) = (a + b/n)·P(N = n − 1). */
export interface PanjerCount {
  readonly a: number;
  readonly b: number;
  /** Probability generating function at z in [0, 1]; gives P(S = 0) from P(Y = 0). */
  readonly generate: (z: number) => number;
}

export const poissonCount = (lambda: number): PanjerCount => ({ a: 0, b: lambda, generate: (z) => Math.exp(lambda * (z - 1)) });

/** Negative binomial with mean rβ and variance rβ(1+β). */
export const negativeBinomialCount = (r: number, beta: number): PanjerCount => ({
  a: beta / (1 + beta),
  b: ((r - 1) * beta) / (1 + beta),
  generate: (z) => (1 - beta * (z - 1)) ** -r,
});

export const binomialCount = (m: number, q: number): PanjerCount => ({ a: -q / (1 - q), b: ((m + 1) * q) / (1 - q), generate: (z) => (1 + q * (z - 1)) ** m });

/** The first `points` probabilities of a compound distribution by Panjer's recursion (1981). Underflows for λ > 700: use `compoundPoisson` there. */
export function panjer({ a, b, generate }: PanjerCount, severity: readonly number[], points: number): number[] {
  const zero = severity[0] ?? 0;
  const probability = [generate(zero)];
  for (let s = 1; s < points; s += 1) {
    let sum = 0;
    for (let y = 1; y <= s && y < severity.length; y += 1) sum += (a + (b * y) / s) * severity[y]! * probability[s - y]!;
    probability.push(sum / (1 - a * zero));
  }
  return probability;
}

/** E[S]. */
export const gridMean = ({ step, probability }: GridDistribution): number => step * probability.reduce((sum, p, k) => sum + p * k, 0);

/** Standard deviation of S. */
export function gridDeviation(distribution: GridDistribution): number {
  const mean = gridMean(distribution);
  return Math.sqrt(distribution.probability.reduce((sum, p, k) => sum + p * (k * distribution.step - mean) ** 2, 0));
}

/** Value at risk: the least grid point x with P(S ≤ x) ≥ p. */
export function gridQuantile({ step, probability }: GridDistribution, p: number): number {
  let below = 0;
  for (let k = 0; k < probability.length; k += 1) {
    below += probability[k]!;
    if (below >= p) return k * step;
  }
  return (probability.length - 1) * step;
}

/** E[(S ∧ to − from)+], the mean of a layer: term by term, so that a wider layer never has a smaller mean through rounding. */
export function gridLayerMean({ step, probability }: GridDistribution, { from, to }: { from: number; to: number }): number {
  let sum = 0;
  for (let k = Math.floor(from / step); k < probability.length; k += 1) sum += probability[k]! * Math.max(0, Math.min(k * step, to) - from);
  return sum;
}

/** E[(S − x)+]. */
export const gridStopLoss = (distribution: GridDistribution, x: number): number => gridLayerMean(distribution, { from: x, to: Number.POSITIVE_INFINITY });

/** E[S ∧ x]. */
export const gridLimitedMean = (distribution: GridDistribution, x: number): number => gridMean(distribution) - gridStopLoss(distribution, x);

/** Tail value at risk VaR_p + E[(S − VaR_p)+]/(1 − p) (Acerbi and Tasche 2002). */
export function gridTailMean(distribution: GridDistribution, p: number): number {
  const atRisk = gridQuantile(distribution, p);
  return atRisk + gridStopLoss(distribution, atRisk) / (1 - p);
}
