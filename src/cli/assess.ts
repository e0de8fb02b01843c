import { assess as assessFirm, type Assessment, type Blocker, type Dimension } from '../domain/assessment/index.ts';
import type { Language, Text } from '../domain/basics/index.ts';
import { exitCodes, type Command, type World } from './command.ts';
import { readAssessmentInput, readWords, type FirmFiles } from './firm-files.ts';

const usage = 'riskloop assess --profile F --answers F [--report FILE]… [--kev F] [--epss F] [--json] [--lang zh|en]\n';

/** `riskloop assess`: assesses a firm from files, without a database. With `--json` the whole assessment, else score, dimensions and gate. Throws a Refusal for input that cannot be read. */
export const assess: Command = async (args, world) => {
  const files = readWords(args, { withCover: false });
  if (files === null) {
    world.stderr(usage);
    return exitCodes.badInput;
  }
  const assessment = await assessFromFiles(files, world);
  world.stdout(files.json ? `${JSON.stringify(assessment)}\n` : `${describeAssessment(assessment, files.language)}\n`);
  return exitCodes.done;
};

async function assessFromFiles(files: FirmFiles, world: World): Promise<Assessment> {
  const content = await paperOf(world);
  return assessFirm(await readAssessmentInput(files, content.outlook, world.clock()), content.assessmentBasis);
}

/** The insurer's paper; a world without it cannot run the command. */
export async function paperOf({ content }: World) {
  if (content === undefined) throw new Error('the command needs the insurer’s paper');
  return content();
}

/** The result in a few lines for a reader at a terminal. */
export function describeAssessment(
  { score, low, high, grade, confidence, dimensions, gate }: Pick<Assessment, 'score' | 'low' | 'high' | 'grade' | 'confidence' | 'dimensions' | 'gate'>,
  language: Language,
): string {
  const head = {
    zh: `评分 ${score.toFixed(1)}（${grade}），区间 ${low.toFixed(1)}～${high.toFixed(1)}，置信度 ${percent(confidence)}`,
    en: `score ${score.toFixed(1)} (${grade}), between ${low.toFixed(1)} and ${high.toFixed(1)}, confidence ${percent(confidence)}`,
  };
  const bars = dimensions.map((result) => `  ${dimensionNames[result.dimension][language]} ${result.score.toFixed(1)}`);
  return [head[language], ...bars, ...describeGate(gate, language)].join('\n');
}

/** The gate and what keeps it shut, one line each. */
export function describeGate({ passed, blockers }: { passed: boolean; blockers: readonly Blocker[] }, language: Language): string[] {
  if (passed) return [{ zh: '投保门槛：通过', en: 'gate: passed' }[language]];
  return [
    { zh: `投保门槛：未通过，${blockers.length} 项待解决`, en: `gate: shut, ${blockers.length} blockers` }[language],
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
