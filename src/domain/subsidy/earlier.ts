import type { Instant } from '../basics/index.ts';
import { hasLapsed, takesMinor, type SubsidyApplication } from './application.ts';
import type { SubsidyGrant } from './model.ts';

/** A quote for which a subsidy is asked, as far as it tells one firm from another. */
export interface AskedQuote {
  readonly quote: string;
  readonly applicant: string;
  readonly assessment: string;
  /** Code of the firm that was priced. */
  readonly creditCode: string | null;
  /** The applicant is a broker, who applies for many firms; anybody else is one firm. */
  readonly byBroker: boolean;
}

/** An application made before, and the assessment that its quote rests on; null where nobody needs to know (`restsOnAssessment`). */
export interface EarlierApplication {
  readonly application: SubsidyApplication;
  readonly assessment: string | null;
}

/** Whether an earlier application still has its money. */
export const stands = (application: SubsidyApplication, now: Instant): boolean => takesMinor(application) > 0 && !hasLapsed(application, now);

/** Whether only the assessment of an earlier application tells if it is of the same firm. */
export const restsOnAssessment = ({ applicant, quote }: SubsidyApplication, asked: AskedQuote): boolean =>
  applicant === asked.applicant && quote !== asked.quote && asked.byBroker;

/**
 * What stands against another grant for a quote: whatever has the credit code that was priced, and what rests on the same assessment. A firm that applies for itself is one firm whatever
 * code it gives; a broker applies for many, which only code and assessment tell apart. `sameFirm` names those that are known to be of the firm.
 */
export function grantsAgainst(earlier: readonly EarlierApplication[], asked: AskedQuote): { grants: SubsidyGrant[]; sameFirm: string[] } {
  const same = earlier.filter((one) => isSameFirm(one, asked));
  const against = earlier.filter((one) => same.includes(one) || one.application.creditCode === asked.creditCode);
  return { grants: against.map(({ application }) => application.grant), sameFirm: same.map(({ application }) => application.grant.policy) };
}

/** By what the firm cannot edit. */
function isSameFirm({ application, assessment }: EarlierApplication, asked: AskedQuote): boolean {
  if (application.applicant !== asked.applicant) return false;
  return restsOnAssessment(application, asked) ? assessment === asked.assessment : true;
}
