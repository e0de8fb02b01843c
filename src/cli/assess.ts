import {
  assess as assessFirm,
  compareProfiles,
  type Assessment,
  type AssessmentRules,
  type Blocker,
  type Dimension,
  type ProfileComparison,
} from '../domain/assessment/index.ts';
import type { Language, Text } from '../domain/basics/index.ts';
import { paperOf, readFirmWords } from './assessed-firm.ts';
import { exitCodes, usageFor, type Command } from './command.ts';
import { readAssessmentInput } from './firm-files.ts';

const usage = 'riskloop assess --profile F --answers F [--report FILE]… [--kev F] [--epss F] [--scoring PROFILE] [--json] [--lang zh|en]\n';

/**
 * `riskloop assess`: assesses a firm from files, without a database. With `--json` the whole assessment, else score, dimensions and gate. With `--scoring` what
 * would differ under another assessment profile. Throws a Refusal for input that cannot be read.
 */
export const assess: Command = async (args, world) => {
  const words = readFirmWords(args, ['scoring'], { withCover: false });
  if (words === null) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const { files, own } = words;
  const paper = await paperOf(world);
  const { assessmentBasis } = paper;
  const input = await readAssessmentInput(files, paper, world.clock());
  const print = (whole: unknown, lines: () => string): void => world.stdout(`${files.json ? JSON.stringify(whole) : lines()}\n`);
  if (own.scoring === undefined) {
    const assessment = assessFirm(input, assessmentBasis);
    print(assessment, () => describeAssessment(assessment, titleOf(assessment.profile, assessmentBasis), files.language));
  } else {
    const comparison = compareProfiles(input, assessmentBasis, own.scoring);
    print(comparison, () => describeProfiles(comparison, files.language));
  }
  return exitCodes.done;
};

const titleOf = (id: string, { profiles }: AssessmentRules): Text => profiles.profiles.find((one) => one.id === id)!.title;

const pointsOf = (hundredths: number): string => `${hundredths < 0 ? '−' : '+'}${(Math.abs(hundredths) / 100).toFixed(2)}`;
const listedParts = 10;

/** Both scores with their gates, each dimension's weight and part of the difference, and the indicators that move most. */
export function describeProfiles({ before, after, hundredths, dimensions, parts }: ProfileComparison, language: Language): string {
  const sideLine = ({ title, score, grade, passLine, gatePassed }: ProfileComparison['before']): string =>
    ({
      zh: `${title.zh}：评分 ${score.toFixed(2)}（${grade}），合格线 ${passLine}，投保门槛${gatePassed ? '通过' : '未通过'}`,
      en: `${title.en}: score ${score.toFixed(2)} (${grade}), pass line ${passLine}, gate ${gatePassed ? 'passed' : 'shut'}`,
    })[language];
  const weights = dimensions.map(
    (one) => `  ${dimensionNames[one.dimension][language]} ${percent(one.weightBefore)} → ${percent(one.weightAfter)}  ${pointsOf(one.hundredths)}`,
  );
  const movers = parts
    .slice(0, listedParts)
    .map(({ title, dimension, hundredths: own }) => `  ${(title ?? dimensionNames[dimension])[language]}  ${pointsOf(own)}`);
  const rest = parts.slice(listedParts).reduce((sum, one) => sum + one.hundredths, 0);
  const heads = { zh: ['差值', '权重与影响', '影响最大的指标', '其余'], en: ['difference', 'weights and effect', 'what moves it most', 'the rest'] }[language];
  return [
    ...[sideLine(before), sideLine(after), `${heads[0]} ${pointsOf(hundredths)}`, heads[1]!, ...weights],
    ...(parts.length > 0 ? [heads[2]!, ...movers] : []),
    ...(parts.length > listedParts ? [`  ${heads[3]}  ${pointsOf(rest)}`] : []),
  ].join('\n');
}

/** The result in a few lines for a reader at a terminal, with the profile that it was scored under and its pass line. */
export function describeAssessment({ score, low, high, grade, confidence, dimensions, gate, findings }: Assessment, profile: Text, language: Language): string {
  const head = {
    zh: `评分 ${score.toFixed(1)}（${grade}），区间 ${low.toFixed(1)}～${high.toFixed(1)}，置信度 ${percent(confidence)}`,
    en: `score ${score.toFixed(1)} (${grade}), between ${low.toFixed(1)} and ${high.toFixed(1)}, confidence ${percent(confidence)}`,
  };
  const under = {
    zh: `计分方案：${profile.zh}，合格线 ${gate.passLine}`,
    en: `scoring profile: ${profile.en}, pass line ${gate.passLine}`,
  };
  const bars = dimensions.map((result) => `  ${dimensionNames[result.dimension][language]} ${result.score.toFixed(1)}`);
  return [head[language], under[language], ...bars, ...describeOutside(findings, language), ...describeGate(gate, language)].join('\n');
}

/** What the reports found on assets that the firm does not declare, and which therefore does not count. */
function describeOutside(findings: Assessment['findings'], language: Language): string[] {
  const outside = findings.filter(({ inScope }) => !inScope).length;
  if (outside === 0) return [];
  return [
    {
      zh: `报告共 ${findings.length} 项发现，其中 ${outside} 项在未申报的资产上，不计入评分`,
      en: `${findings.length} findings in the reports, ${outside} of them on assets that are not declared, which do not count`,
    }[language],
  ];
}

/** The gate and what keeps it shut, one line each. */
export function describeGate({ passed, blockers }: { passed: boolean; blockers: readonly Blocker[] }, language: Language): string[] {
  if (passed) return [{ zh: '投保门槛：通过', en: 'gate: passed' }[language]];
  return [
    { zh: `投保门槛：未通过，${blockers.length} 项待解决`, en: `gate: shut, ${blockers.length} ${blockers.length === 1 ? 'blocker' : 'blockers'}` }[language],
    ...blockers.map(({ text }) => `  - ${text[language]}`),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;

const dimensionNames: Record<Dimension, Text> = {
  firm: { zh: '企业基本信息', en: 'firm' },
  vulnerabilities: { zh: '漏洞与风险历史', en: 'vulnerabilities and history' },
  maturity: { zh: '安全管理成熟度', en: 'management maturity' },
  capability: { zh: '安全能力完备性', en: 'capability' },
  operations: { zh: '安全运营全面性', en: 'operations' },
  industry: { zh: '所处行业水位', en: 'industry' },
};
