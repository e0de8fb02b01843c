import { hashData } from './hash.ts';

/** A 64-bit number in two unsigned 32-bit halves: engines multiply those quickly, and BigInt not. */
interface Word64 {
  readonly high: number;
  readonly low: number;
}

/** A stream of random numbers that only its seed and its address decide. */
export interface RandomStream {
  /** The next unsigned 32-bit integer. */
  nextUint32(): number;
  /** The next number in the open interval (0, 1), from 52 bits, never 0 and never 1. */
  nextUniform(): number;
}

/** a·b modulo 2^64. */
function multiply(a: Word64, b: Word64): Word64 {
  const low = product32(a.low, b.low);
  return { high: (low.high + Math.imul(a.high, b.low) + Math.imul(a.low, b.high)) >>> 0, low: low.low };
}

/** The full product of two unsigned 32-bit integers, by 16-bit limbs. */
function product32(a: number, b: number): Word64 {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const cross = a0 * b1 + (middle & 0xffff);
  return { high: (a1 * b1 + (middle >>> 16) + (cross >>> 16)) >>> 0, low: ((cross << 16) | ((a0 * b0) & 0xffff)) >>> 0 };
}

function add(a: Word64, b: Word64): Word64 {
  const low = a.low + b.low;
  return { high: (a.high + b.high + (low > 0xffffffff ? 1 : 0)) >>> 0, low: low >>> 0 };
}

const pcgMultiplier: Word64 = { high: 0x5851f42d, low: 0x4c957f2d };

/** The permutation XSH-RR: xorshift the high bits down, then rotate by the top five bits. */
function permute(state: Word64): number {
  const high = (state.high ^ (state.high >>> 18)) >>> 0;
  const low = (state.low ^ ((state.low >>> 18) | (state.high << 14))) >>> 0;
  const folded = ((low >>> 27) | (high << 5)) >>> 0;
  const turn = state.high >>> 27;
  return ((folded >>> turn) | (folded << (-turn & 31))) >>> 0;
}

const word64 = (value: bigint): Word64 => ({ high: Number((value >> 32n) & 0xffffffffn), low: Number(value & 0xffffffffn) });

/** PCG32 XSH-RR (O'Neill 2014) with the seed and the stream number of its reference demonstration program. */
export function pcg32(seed: bigint, stream: bigint): RandomStream {
  const increment = word64((stream << 1n) | 1n);
  const step = (state: Word64): Word64 => add(multiply(state, pcgMultiplier), increment);
  let state = step(add(step({ high: 0, low: 0 }), word64(seed)));
  const nextUint32 = (): number => {
    const old = state;
    state = step(old);
    return permute(old);
  };
  return { nextUint32, nextUniform: () => ((nextUint32() >>> 6) * 67108864 + (nextUint32() >>> 6) + 0.5) / 4503599627370496 };
}

/** SplitMix64 (Steele, Lea and Flood 2014): a generator of seeds. */
export function splitMix64(seed: bigint): () => bigint {
  const mask = (1n << 64n) - 1n;
  let state = seed & mask;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    return z ^ (z >> 31n);
  };
}

/**
 * The stream that belongs to an address in words, e.g. `randomAt(seed, 'year', 17, 'policy', id)`. Other addresses do not shake it:
 * adding a policy to a book leaves every other policy's draws as they were.
 */
export function randomAt(seed: number, ...address: readonly (string | number)[]): RandomStream {
  const digits = hashData([seed, ...address]);
  return pcg32(BigInt(`0x${digits.slice(0, 16)}`), BigInt(`0x${digits.slice(16, 31)}`));
}
