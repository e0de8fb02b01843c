import { instantMillis } from '../../basics/index.ts';
import { sameFirm, type FirmProfile } from '../../parties/index.ts';
import type { ProfileChoice } from './model.ts';

/** An assessment that was made before, as far as it says under which profile to score. */
export interface EarlierAssessment {
  readonly id: string;
  readonly firm: Pick<FirmProfile, 'name' | 'creditCode'>;
  readonly profileChoice?: ProfileChoice | undefined;
}

/**
 * The choice that an assessment without one of its own takes over: the latest that was made on any assessment of the same firm, so that a firm cannot leave the
 * yardstick of its assessor by beginning anew. Undefined where nobody chose, or the latest choice went back to the profile that fits.
 */
export function carriedChoice(firm: EarlierAssessment['firm'], earlier: readonly EarlierAssessment[]): ProfileChoice | undefined {
  const made = earlier.flatMap(({ id, firm: other, profileChoice }) =>
    profileChoice === undefined || sameFirm(firm, other) === null ? [] : [{ id, choice: profileChoice }],
  );
  const latest = made.sort(latestFirst)[0];
  return latest === undefined || latest.choice.profile === null ? undefined : { carriedFrom: latest.id, ...latest.choice };
}

interface Made {
  readonly id: string;
  readonly choice: ProfileChoice;
}

/** At one instant, what was made comes before what was taken over. */
const latestFirst = (a: Made, b: Made): number =>
  instantMillis(b.choice.at) - instantMillis(a.choice.at) || Number(a.choice.carriedFrom !== undefined) - Number(b.choice.carriedFrom !== undefined);
