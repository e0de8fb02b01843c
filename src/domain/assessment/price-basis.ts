import type { Parameter } from '../basics/index.ts';
import { Peril } from '../catalogue/index.ts';
import type { AssessmentRules } from './rules.ts';
import { signals } from './signals.ts';

/** The parameters that the two multipliers of each peril rest on, so that a price can cite them. */
export interface PriceBasis {
  readonly controls: Readonly<Record<Peril, readonly Parameter[]>>;
  readonly findings: Readonly<Record<Peril, readonly Parameter[]>>;
}

/** What M_c and V_p are made from under these rules: for controls how evidence counts, κ, the bounds and the odds ratios that matter to the peril. */
export function priceBasis(rules: AssessmentRules): PriceBasis {
  return { controls: eachPeril((peril) => controlsBasis(rules, peril)), findings: eachPeril((peril) => findingsBasis(rules, peril)) };
}

const eachPeril = (list: (peril: Peril) => readonly Parameter[]): Record<Peril, readonly Parameter[]> =>
  Object.fromEntries(Peril.options.map((peril) => [peril, list(peril)])) as Record<Peril, readonly Parameter[]>;

function controlsBasis({ controls: { controls, oddsRatios }, parameters }: AssessmentRules, peril: Peril): Parameter[] {
  const ratios = [...oddsRatios].flatMap(([id, ratio]) => ((controls.get(id)!.relevance[peril] ?? 0) > 0 ? [ratio] : []));
  const how = parameters.list.filter(({ key }) => /^(controls|evidence)\./.test(key) || key === 'scan.valid-days');
  return ratios.length === 0 ? how.filter(({ key }) => key.startsWith('controls.')) : [...how, ...ratios];
}

function findingsBasis({ parameters }: AssessmentRules, peril: Peril): Parameter[] {
  const elsewhere = new Set<string | null>(signals.filter(({ perils }) => perils !== null && !perils.includes(peril)).map(({ relativeRisk }) => relativeRisk));
  elsewhere.add(peril === 'ransomware' ? 'findings.ceiling.other' : 'findings.ceiling.ransomware');
  return parameters.list.filter(({ key }) => (/^(findings|condition)\./.test(key) || key === 'scan.valid-days') && !elsewhere.has(key));
}
