import type { Instant, Text } from '../../basics/index.ts';
import type { Asset, Severity } from '../finding.ts';
import type { MethodClass } from '../own-assets/index.ts';
import type { Observations } from './observations.ts';

/** `failed`: the weakness is there. `not-checked`: it could not be seen, which says nothing against the asset. `not-applicable`: the question does not arise. */
export type Outcome = 'failed' | 'passed' | 'not-checked' | 'not-applicable';

/** What one rule says of one thing, with what was seen. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly asset: Pick<Asset, 'kind' | 'name' | 'host' | 'port' | 'service'>;
  readonly evidence: string;
}

/**
 * One rule of the posture check. Its text is public: whoever is judged by it can read what is looked at and when it fails.
 * `judge` is given everything that was seen; what was not seen gives no verdict `failed`.
 */
export interface PostureRule {
  /** Never changes: it is part of the id of every finding. */
  readonly id: string;
  readonly area: 'dns' | 'tls' | 'web' | 'ports';
  readonly method: MethodClass;
  readonly severity: Severity;
  readonly title: Text;
  readonly rule: Text;
  readonly remedy: Text;
  readonly cwes: readonly number[];
  readonly judge: (seen: Observations, now: Instant) => readonly Verdict[];
}

/** The verdict on one thing: failed with the evidence when `fault` holds, else passed. */
export const verdict = (fault: boolean, asset: Verdict['asset'], evidence: string): Verdict => ({ outcome: fault ? 'failed' : 'passed', asset, evidence });
