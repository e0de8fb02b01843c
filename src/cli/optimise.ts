import type { Language } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { advisePrevention, coversAround, mostMeasures, type AdvisedPlan, type PreventionAdvice } from '../domain/underwriting/index.ts';
import { yuan } from './amounts.ts';
import { amountMinorOf, applicationFrom, readFirmWords, wholeNumberOf } from './assessed-firm.ts';
import { exitCodes, usageFor, type Command } from './command.ts';
import { readDataFile } from './firm-files.ts';
import { RepairCosts } from './price.ts';

const usage =
  'riskloop optimise --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--budget YUAN] [--costs F] [--covers F] [--measures N] [--json] [--lang zh|en]\n';

/** Measures considered unless more are asked for: each further one may double the work. */
const usualMeasures = 10;

/**
 * `riskloop optimise`: the measures and the cover that cost least together. `--covers` names a file with a list of covers to choose from; without it the asked cover stands
 * beside half and double its limit and five times its retention. Throws a Refusal for input that cannot be read or rated.
 */
export const optimise: Command = async (args, world) => {
  const asked = readFirmWords(args, ['budget', 'costs', 'covers', 'measures']);
  if (asked === null) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const { files, own } = asked;
  const { application, content } = await applicationFrom(files, world);
  const advice = advisePrevention(
    {
      application,
      covers: own.covers === undefined ? coversAround(application.cover) : readDataFile(own.covers, RequestedCover.array().min(1).max(12)),
      budgetMinor: own.budget === undefined ? null : amountMinorOf(own.budget, 'budget'),
      costs: own.costs === undefined ? {} : readDataFile(own.costs, RepairCosts),
      mostMeasures: own.measures === undefined ? usualMeasures : wholeNumberOf(own.measures, 'measures', { least: 1, most: mostMeasures }),
    },
    content,
  );
  world.stdout(files.json ? `${JSON.stringify(advice)}\n` : `${describeAdvice(advice, files.language)}\n`);
  return exitCodes.done;
};

function describeAdvice({ today, best, ranges, measures, covers, frontier, riskCharge }: PreventionAdvice, language: Language): string {
  const words = {
    zh: {
      today: '目前',
      best: '建议',
      none: '在预算与投保门槛内没有可行方案',
      range: '控制措施效力系数 κ ×',
      even: '盈亏平衡费用',
      chosen: '建议',
      open: '不建议',
      unsure: '（依赖先验，不稳健）',
      frontier: '帕累托前沿方案数',
    },
    en: {
      today: 'today',
      best: 'advice',
      none: 'no plan is affordable and insurable',
      range: 'if controls work κ ×',
      even: 'break-even cost',
      chosen: 'do',
      open: 'leave',
      unsure: ' (rests on priors, not robust)',
      frontier: 'plans on the frontier',
    },
  }[language];
  const plan = (one: AdvisedPlan): string => describePlan(one, { covers, riskCharge }, language);
  return [
    `${words.today}: ${plan(today)}`,
    best === null ? words.none : `${words.best}: ${plan(best)}`,
    ...ranges.map(({ kappaTimes, plan: one }) => `  ${words.range}${kappaTimes}: ${one === null ? words.none : plan(one)}`),
    ...measures.map(
      ({ title, costMinor, breakEvenMinor, chosen, robust }) =>
        `  - [${chosen ? words.chosen : words.open}${robust ? '' : words.unsure}] ${title[language]}: ${yuan(costMinor)}; ${words.even} ${breakEvenMinor === null ? '—' : yuan(breakEvenMinor)}`,
    ),
    `${words.frontier}: ${frontier.length}`,
  ].join('\n');
}

function describePlan(
  { costMinor, premiumMinor, retainedMinor, downtimeHours, cover, totalMinor }: AdvisedPlan,
  { covers, riskCharge }: Pick<PreventionAdvice, 'covers' | 'riskCharge'>,
  language: Language,
): string {
  const limit = cover === null ? null : yuan(covers[cover]!.limitMinor);
  return {
    zh: `整改 ${yuan(costMinor)}，${limit === null ? '不投保' : `限额 ${limit}，保费 ${yuan(premiumMinor)}`}，自留期望损失 ${yuan(retainedMinor)} × 风险系数 ${riskCharge}，期望停机 ${downtimeHours.toFixed(2)} 小时/年，合计 ${yuan(totalMinor)}`,
    en: `repairs ${yuan(costMinor)}, ${limit === null ? 'no insurance' : `limit ${limit}, premium ${yuan(premiumMinor)}`}, retained loss ${yuan(retainedMinor)} × risk charge ${riskCharge}, downtime ${downtimeHours.toFixed(2)} h a year, total ${yuan(totalMinor)}`,
  }[language];
}
