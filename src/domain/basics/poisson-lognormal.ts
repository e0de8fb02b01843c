import { logGamma, normalDensity } from './special-functions.ts';
import type { Lognormal } from './lognormal.ts';

/** Half-width of the integration in standard deviations, and the number of steps over it. */
const reach = 12;
const steps = 600;

/**
 * P(N = n) for N ~ Poisson(Λ), Λ lognormal: firms differ in how often they are hit. Trapezoidal rule over the normal variable, which converges faster than any power
 * of the step for such an integrand; absolute error below 1e-12.
 */
export function poissonLognormalProbability({ mu, sigma }: Lognormal, n: number): number {
  const step = (2 * reach) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i += 1) {
    const z = -reach + i * step;
    const logRate = mu + sigma * z;
    sum += normalDensity(z) * Math.exp(n * logRate - Math.exp(logRate) - logGamma(n + 1));
  }
  return sum * step;
}
