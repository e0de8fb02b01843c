import { normalQuantile, randomAt, type RandomStream } from '../../src/domain/basics/index.ts';

/** Random numbers of one repetition of one simulated study; the address makes every repetition its own. */
export class Draws {
  readonly #stream: RandomStream;

  constructor(seed: number, study: string, repetition: number) {
    this.#stream = randomAt(seed, 'simulated-pilot', study, repetition);
  }

  uniform(): number {
    return this.#stream.nextUniform();
  }

  yes(probability: number): boolean {
    return this.uniform() < probability;
  }

  normal(mean: number, deviation: number): number {
    return mean + deviation * normalQuantile(this.uniform());
  }

  exponential(mean: number): number {
    return -mean * Math.log(this.uniform());
  }

  /** Number of successes in `of` trials. */
  successes(of: number, probability: number): number {
    let count = 0;
    for (let i = 0; i < of; i += 1) if (this.yes(probability)) count += 1;
    return count;
  }

  /** Poisson count by waiting times. */
  events(mean: number): number {
    let [count, time] = [0, this.exponential(1)];
    while (time < mean) {
      count += 1;
      time += this.exponential(1);
    }
    return count;
  }
}
