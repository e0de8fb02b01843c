import { standings, type CaseEvent, type CountedFindings, type DecisionEffect } from '../domain/assessment/index.ts';
import { indicateQuote, type UnderwritingRules } from '../domain/underwriting/index.ts';
import { applicationAt, reassess, type AssessmentFile } from './assessment.ts';
import { surroundingsOf } from './counted-findings.ts';
import { eventsWith, type Opened } from './finding-deeds.ts';
import type { Context } from './operation.ts';
import { rulesForApplicant, rulesOf } from './tariff.ts';
import { submissions } from './underwriting.ts';

/** Stands in an event whose effect is not known yet, to see whether the rules let it happen. */
export const noEffect: DecisionEffect = { scoreBefore: 0, scoreAfter: 0, premiumBefore: null, premiumAfter: null };

/** The effect as facts of a journal line; premiums only where a cover had been asked for. */
export const factsOf = (effect: DecisionEffect): Record<string, number> =>
  Object.fromEntries(Object.entries(effect).filter((entry): entry is [string, number] => entry[1] !== null));

/** Score, and premium of the cover that was asked for last under the tariff in force at its insurer, with and without what is about to happen. */
export async function effectOf(context: Context, { owner, stored, found }: Opened, added: ReadonlyMap<string, CaseEvent>): Promise<DecisionEffect> {
  const after = standings(found.readings, (weakness) => eventsWith(found, weakness, added), surroundingsOf(context, stored.body));
  const [latest] = (await owner.records.list(submissions, { where: { assessment: stored.id }, limit: 1 })).items;
  const scores = { scoreBefore: reassess(context, stored.body, found).score, scoreAfter: reassess(context, stored.body, after).score };
  if (latest === undefined) return { ...scores, premiumBefore: null, premiumAfter: null };
  const rules = latest.body.insurer ? await rulesOf(context, latest.body.insurer) : await rulesForApplicant(context);
  const premium = (counted: CountedFindings): number => premiumOf(context, { file: stored.body, cover: latest.body.cover, rules }, counted);
  return { ...scores, premiumBefore: premium(found), premiumAfter: premium(after) };
}

interface Priced {
  readonly file: AssessmentFile;
  readonly cover: Parameters<typeof indicateQuote>[0]['cover'];
  readonly rules: UnderwritingRules;
}

const premiumOf = (context: Context, { file, cover, rules }: Priced, counted: CountedFindings): number =>
  indicateQuote({ ...applicationAt(context, file, counted), cover }, rules).worksheet.premium.total;
