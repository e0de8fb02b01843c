import { dayOf, Refusal, type Day, type Instant } from '../../basics/index.ts';
import type { FirmProfile, OrganisationKind } from '../../parties/index.ts';
import type { Assessment } from '../model.ts';
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

const choosers: readonly OrganisationKind[] = ['assessor', 'insurer'];

/**
 * The choice as it is kept. Throws a Refusal `own-profile` unless an assessor or insurer chooses: nobody picks the yardstick that he is measured by. Throws
 * `unknown-profile` and `profile-in-use` for a choice that would be none.
 */
export function chooseProfile(wish: Wish, { inUse, firm }: { readonly inUse: string; readonly firm: FirmProfile }, rules: AssessmentRules): ProfileChoice {
  if (!choosers.includes(wish.by.kind))
    throw new Refusal('rule', 'own-profile', 'the profile of an assessment is chosen by its assessor or insurer, not by the firm that is assessed');
  if (wish.profile !== null) requireProfile(rules, wish.profile, { now: wish.at });
  const next = wish.profile ?? profileFor(rules.profiles, firm, dayOf(wish.at)).id;
  if (next === inUse) throw new Refusal('rule', 'profile-in-use', `the assessment is scored under \`${next}\` already`, { profile: next });
  return { ...wish, instead: inUse };
}

/** Throws a Refusal `profile-opens-gate` when the switch alone would let the firm in and whoever switches may not decide that. */
export function requireMayOpen(before: Pick<Assessment, 'gate'>, after: Pick<Assessment, 'gate'>, mayOpen: boolean): void {
  if (before.gate.passed || !after.gate.passed || mayOpen) return;
  throw new Refusal('rule', 'profile-opens-gate', 'this profile would open the gate, which an assessor or an underwriting manager decides', {
    passLineBefore: before.gate.passLine,
    passLineAfter: after.gate.passLine,
  });
}
