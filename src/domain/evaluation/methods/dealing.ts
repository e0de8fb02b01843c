import type { RandomStream } from '../../basics/index.ts';

/** Brings the list into a random order in place, every order equally likely. Source: Fisher and Yates, as Knuth, The Art of Computer Programming 2, 3.4.2 P. */
export function shuffle(list: Int32Array, random: RandomStream): void {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random.nextUniform() * (i + 1));
    const kept = list[i]!;
    list[i] = list[j]!;
    list[j] = kept;
  }
}
