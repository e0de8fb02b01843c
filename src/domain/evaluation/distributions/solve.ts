/** What to solve: a continuous function with opposite signs at `low` and `high`. */
export interface Bracket {
  readonly low: number;
  readonly high: number;
}

const signsAgree = (a: number, b: number): boolean => (a > 0 && b > 0) || (a < 0 && b < 0);

/** True when inverse quadratic interpolation through the three points is safe (Chandrupatla's criterion). */
function interpolationIsSafe(xi: number, phi: number): boolean {
  return phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
}

/**
 * The root of `f` between `low` and `high`, to about the spacing of doubles there. Needs opposite signs at both ends; a zero at an end is that end.
 * Source: T. R. Chandrupatla, “A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function”, Adv. Eng. Software 28 (1997).
 */
export function solve(f: (x: number) => number, { low, high }: Bracket): number {
  let [a, b, c] = [high, low, high];
  let [fa, fb] = [f(a), f(b)];
  let fc = fa;
  if (fb === 0) return low;
  if (fa === 0) return high;
  if (signsAgree(fa, fb)) throw new Error('solve needs opposite signs at the ends of its bracket');
  let t = 0.5;
  for (let round = 0; round < 200; round += 1) {
    const x = a + t * (b - a);
    const fx = f(x);
    if (signsAgree(fx, fa)) [c, fc] = [a, fa];
    else [c, b, fc, fb] = [b, a, fb, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const tolerance = 2.3e-16 * Math.abs(best) + 1e-300;
    const share = tolerance / Math.abs(b - a);
    if (fx === 0 || share >= 0.5) return best;
    const interpolated = nextShare({ a, b, c, fa, fb, fc });
    t = Math.min(1 - share, Math.max(share, interpolated));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

interface Points {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly fa: number;
  readonly fb: number;
  readonly fc: number;
}

function nextShare({ a, b, c, fa, fb, fc }: Points): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!interpolationIsSafe(xi, phi)) return 0.5;
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
}
