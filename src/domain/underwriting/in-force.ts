import { Refusal, type Day } from '../basics/index.ts';
import type { RequestedCover } from '../catalogue/index.ts';
import type { UnderwritingRules } from './application.ts';

/**
 * Nothing is quoted on paper that is not in force yet: ratebook, questionnaire, the package and each coverage of the cover. `today` is the day in
 * Beijing. Throws a Refusal `not-in-force` with the id and its first day. Guidelines and profiles of a later day are passed over where they are read.
 */
export function requireInForce(cover: RequestedCover, rules: UnderwritingRules, today: Day): void {
  const ahead = papersOf(cover, rules).find(({ from }) => from > today);
  if (ahead === undefined) return;
  const { id, from } = ahead;
  throw new Refusal('rule', 'not-in-force', `\`${id}\` is in force from ${from} on, and today is ${today}`, { id, from, today });
}

function papersOf({ package: chosen, lines }: RequestedCover, { ratebook, catalogue, assessmentBasis }: UnderwritingRules): { id: string; from: Day }[] {
  const { questionnaire } = assessmentBasis.questionnaire;
  const bought = chosen === null ? [] : [catalogue.packages.get(chosen)];
  const named = [...bought, ...lines.map(({ coverage }) => catalogue.coverages.get(coverage)), questionnaire];
  const dated = named.flatMap((paper) => (paper === undefined ? [] : [{ id: paper.id, from: paper.effectiveFrom }]));
  return [{ id: ratebook.file.version, from: ratebook.file.effectiveFrom }, ...dated];
}
