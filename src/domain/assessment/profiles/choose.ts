import { dayOf, Refusal, type Day, type Instant } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import { fitsIndustry, fitsSize, isByHand, isInForce, profileFor, type AssessmentRules } from '../rules.ts';
import { requireProfile } from './compare.ts';
import type { ProfileChoice, ProfileStanding } from './model.ts';

/** Every profile beside a firm, by falling precedence: the first that is in force and fits in all is the one taken unless a person chose. */
export const profileStandings = ({ profiles }: AssessmentRules, firm: FirmProfile, today: Day): ProfileStanding[] =>
  profiles.profiles.map((profile) => ({
    ...profile,
    inForce: isInForce(profile, today),
    fitsIndustry: fitsIndustry(profile, firm),
    fitsSize: fitsSize(profile, firm),
    byHand: isByHand(profile),
  }));

/** What a person wants to be scored under; null goes back to the profile that fits. */
export interface Wish {
  readonly profile: string | null;
  readonly reason: string;
  readonly at: Instant;
  readonly by: ProfileChoice['by'];
}

/** What a choice is made about; `organisation` is the one whose assessment it is. */
export interface Scored {
  readonly inUse: string;
  readonly firm: FirmProfile;
  readonly organisation: string;
}

/**
 * The choice as it is kept; it rules the assessment for everybody who sees it. Throws a Refusal `own-profile` unless the assessor of somebody else's assessment
 * chooses: neither side of a contract picks the yardstick. Throws `unknown-profile` and `profile-in-use` for a choice that would be none.
 */
export function chooseProfile(wish: Wish, { inUse, firm, organisation }: Scored, rules: AssessmentRules): ProfileChoice {
  if (wish.by.kind !== 'assessor' || wish.by.organisation === organisation)
    throw new Refusal('rule', 'own-profile', 'the profile of an assessment is chosen by its appointed assessor, by neither the firm nor an insurer');
  if (wish.profile !== null) requireProfile(rules, wish.profile, { now: wish.at });
  const next = wish.profile ?? profileFor(rules.profiles, firm, dayOf(wish.at)).id;
  if (next === inUse) throw new Refusal('rule', 'profile-in-use', `the assessment is scored under \`${next}\` already`, { profile: next });
  return { ...wish, instead: inUse };
}
