import { assess } from '../domain/assessment/index.ts';
import type { Language } from '../domain/basics/index.ts';
import type { Catalogue } from '../domain/catalogue/index.ts';
import { exposeFirm, type Exposure } from '../domain/rating/index.ts';
import { percent, yuan } from './amounts.ts';
import { applicationFrom, readFirmWords } from './assessed-firm.ts';
import { exitCodes, usageFor, type Command } from './command.ts';

const usage = 'riskloop exposure --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--json] [--lang zh|en]\n';

/** `riskloop exposure`: what the firm stands to lose, how its cover meets that, and whether it defends itself too little or too much. Throws a Refusal for input that cannot be read or rated. */
export const exposure: Command = async (args, world) => {
  const asked = readFirmWords(args, []);
  if (asked === null) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const { application, content } = await applicationFrom(asked.files, world);
  const { security } = assess(application, content.assessmentBasis);
  const found = exposeFirm({ firm: application.firm, cover: application.cover, security }, content, content.parameters);
  world.stdout(asked.files.json ? `${JSON.stringify(found)}\n` : `${describeExposure(found, content.catalogue, asked.files.language)}\n`);
  return exitCodes.done;
};

const verdicts = {
  under: { zh: '防护不足：改善安全每年可避免的损失高于目前的安全投入', en: 'under-defended: better security would save more in a year than is spent on it' },
  over: { zh: '可能过度防御：安全投入已超过值得投入的上限', en: 'perhaps over-defended: more is spent than can be worth it' },
  balanced: { zh: '投入与风险大体相称', en: 'spending and risk are in proportion' },
  unknown: { zh: '未申报安全投入，无法判断', en: 'no verdict: the firm does not say what it spends' },
} as const;

const bites = {
  limit: { zh: '单次事件超过责任限额', en: 'one event exceeds the limit' },
  aggregate: { zh: '全年赔付用尽限额', en: 'the year’s payments exhaust the limit' },
  'sub-limit': { zh: '超过分项限额', en: 'a sub-limit is exceeded' },
  retention: { zh: '损失全部落在免赔额内', en: 'a loss stays within the retention' },
} as const;

function describeExposure({ curve, adequacy, defence, incidents }: Exposure, { coverages }: Pick<Catalogue, 'coverages'>, language: Language): string {
  const average = { zh: `年均损失 ${yuan(100 * curve.averageAnnualLoss)} 元`, en: `average annual loss CNY ${yuan(100 * curve.averageAnnualLoss)}` };
  const returns = curve.returns.map(
    ({ returnYears, loss }) => ({ zh: `  ${returnYears} 年一遇：${yuan(100 * loss)}`, en: `  once in ${returnYears} years: ${yuan(100 * loss)}` })[language],
  );
  const colon = { zh: '：', en: ': ' }[language];
  const ofCoverage = (id: string): string => {
    const title = coverages.get(id)!.title[language];
    return language === 'zh' ? `（${title}）` : ` (${title})`;
  };
  const limits = adequacy.bites.map(
    ({ kind, coverage, probability }) => `  ${bites[kind][language]}${coverage === null ? '' : ofCoverage(coverage)}${colon}${percent(probability)}`,
  );
  return [average[language], ...returns, ...limits, verdicts[defence.verdict][language], ...incidents.map(({ text }) => `- ${text[language]}`)].join('\n');
}
