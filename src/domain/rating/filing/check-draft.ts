import { showsSomething, withoutUnseen, yearsAfter, type ContentProblem, type Day, type Text } from '../../basics/index.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { keysOf } from '../ratebook.ts';
import type { Tariff } from '../risk.ts';
import { checkShape, type RatebookFinding } from './check.ts';
import { RatebookProposal, applyProposal, type RatebookDraft } from './proposal.ts';
import { lastTariff, releaseObstacle, type TariffVersion } from './tariff-list.ts';

/** Something that keeps a draft from being submitted, with where it is: `version`, `changes.3.value`. */
export interface DraftFault {
  readonly at: string;
  readonly code: string;
  readonly message: Text;
}

/** What a draft comes to; the tariff is null while something is wrong with it. */
export interface CheckedDraft {
  readonly faults: readonly DraftFault[];
  readonly tariff: Tariff | null;
  readonly proposal: RatebookProposal | null;
}

const fault = (at: string, code: string, zh: string, en: string): DraftFault => ({ at, code, message: { zh, en } });

/** Checks a draft against the last version of the insurer: every field, every cell, the numbers together, and whether it can take effect on its day. */
export function checkDraft(draft: RatebookDraft, versions: readonly TariffVersion[], today: Day, catalogue: Catalogue): CheckedDraft {
  const base = lastTariff(versions);
  const faults = [
    ...headFaults(draft),
    ...draft.changes.flatMap((change, i) => [...changeFaults(change, i, base), ...repeatFaults(draft, i)]),
    ...dateFaults(draft, versions, today),
  ];
  if (faults.length > 0) return { faults, tariff: null, proposal: null };
  const proposal = RatebookProposal.parse(draft);
  const { value, problems } = applyProposal(base.ratebook.file, base.parameters, proposal);
  if (value === null) return { faults: problems.map((problem) => numbersFault(problem, draft, base)), tariff: null, proposal: null };
  const tariff = { catalogue, ratebook: value.ratebook };
  const findings = checkShape(value.ratebook).map((finding) => shapeFault(finding, draft, base));
  return { faults: findings, tariff: findings.length > 0 ? null : tariff, proposal };
}

function headFaults({ version, title, why, effectiveFrom, changes }: RatebookDraft): DraftFault[] {
  return [
    ...(/^\d{4}\.\d{1,3}$/.test(version)
      ? []
      : [fault('version', 'version-form', '版本号应为“年份.序号”，例如 2026.3', 'a version is a year and a number, as 2026.3')]),
    ...(!showsSomething(title.zh) ? [fault('title.zh', 'missing', '请填写中文名称', 'the Chinese title is missing')] : []),
    ...(!showsSomething(title.en) ? [fault('title.en', 'missing', '请填写英文名称', 'the English title is missing')] : []),
    ...(!showsSomething(why) ? [fault('why', 'missing', '请说明调整理由', 'say why the tariff changes')] : []),
    ...(effectiveFrom === '' ? [fault('effectiveFrom', 'missing', '请填写生效日', 'the first day is missing')] : []),
    ...(changes.length === 0 ? [fault('changes', 'missing', '还没有修改任何数值', 'no number is changed yet')] : []),
  ];
}

type Change = RatebookDraft['changes'][number];

function changeFaults({ key, value, source }: Change, i: number, { ratebook }: TariffVersion): DraftFault[] {
  const today = ratebook.parameters.get(key);
  if (today === undefined) return [fault(`changes.${i}.key`, 'key-unknown', `费率没有使用参数 ${key}`, `the ratebook does not use \`${key}\``)];
  return [
    ...(value === null ? [fault(`changes.${i}.value`, 'missing', '请填写数值', 'the value is missing')] : valueFaults(value, today, i)),
    ...(withoutUnseen(source).trim().length < 3
      ? [fault(`changes.${i}.source`, 'source-missing', '请注明来源；无来源时写明“判断”', 'name the source, or the words that it is judgement')]
      : []),
  ];
}

function repeatFaults({ changes }: RatebookDraft, i: number): DraftFault[] {
  const { key } = changes[i]!;
  if (changes.findIndex((other) => other.key === key) === i) return [];
  return [fault(`changes.${i}.key`, 'changed-twice', `参数 ${key} 被修改了两次，请只保留一处`, `\`${key}\` is changed twice: keep one of them`)];
}

function valueFaults(value: number, { unit, value: before }: { unit: string; value: number }, i: number): DraftFault[] {
  const at = `changes.${i}.value`;
  if (value === before) return [fault(at, 'unchanged', '与现行数值相同', 'the value is that of today')];
  if (!Number.isFinite(value)) return [fault(at, 'not-finite', '数值无效', 'the value is no number')];
  if (unit === 'events/year' && value >= 0 && (value < leastEventsPerYear || value > mostEventsPerYear))
    return [
      fault(
        at,
        'out-of-range',
        `年频率须在 ${leastEventsPerYear} 至 ${mostEventsPerYear} 次之间`,
        `a yearly frequency lies between ${leastEventsPerYear} and ${mostEventsPerYear}`,
      ),
    ];
  if (value < 0 && !unit.startsWith('ln')) return [fault(at, 'negative', '不能为负', 'the value must not be negative')];
  if (value > 1 && (unit.startsWith('share') || unit === 'probability')) return [fault(at, 'above-one', '份额不能大于 1', 'a share is at most 1')];
  return [];
}

/** What a peril can befall the reference firm in a year, far above anything seen: beyond it a number is a slip. */
const mostEventsPerYear = 10;

/** Once in a hundred thousand years, a fifth of the rarest peril of the tariff as filed: below it a number is a slip, or prices a peril at nothing. A judgement. */
const leastEventsPerYear = 0.00001;

/** Years ahead for which a tariff can be set at most. */
const mostYearsAhead = 5;

const obstacles = {
  'version-taken': (against: string) => fault('version', 'version-taken', `版本 ${against} 已存在`, `version ${against} exists already`),
  'effective-date-taken': (against: string) =>
    fault('effectiveFrom', 'effective-date-taken', `版本 ${against} 已在这一天生效`, `version ${against} begins on this day`),
  'effective-date-past': (against: string) =>
    fault(
      'effectiveFrom',
      'effective-date-past',
      `最早只能从 ${against} 的次日起生效，不得追溯`,
      `a version begins on the day after ${against} at the earliest`,
    ),
  'effective-date-before-latest': (against: string) =>
    fault(
      'effectiveFrom',
      'effective-date-before-latest',
      `须晚于已公布版本 ${against} 的生效日`,
      `it must begin after version ${against}, which is released already`,
    ),
} as const;

function dateFaults({ version, effectiveFrom }: RatebookDraft, versions: readonly TariffVersion[], today: Day): DraftFault[] {
  if (effectiveFrom === '') return [];
  if (effectiveFrom > yearsAfter(today, mostYearsAhead))
    return [fault('effectiveFrom', 'effective-date-far', `生效日最多在 ${mostYearsAhead} 年之内`, `a version begins within ${mostYearsAhead} years`)];
  const found = releaseObstacle({ version, effectiveFrom }, versions, today);
  return found === null ? [] : [obstacles[found.code](found.against)];
}

/** The words of a rule between numbers in Chinese, by the part of the ratebook that it is about. */
const rulesInChinese: Readonly<Record<string, string>> = {
  security: '安全系数的上下限须把 1 包含在内',
  eventLoss: '拐点须低于上限',
  'eventLoss.slope': '斜率须大于 0 且不超过 1',
  expenses: '变动费用与利润之和须小于 1',
  riskLoad: '风险附加须使期望损失保持正权重',
  'riskLoad.confidence': '置信水平须在 0 与 1 之间',
  'grid.step': '步长须大于 0',
  'tables.reference': '基准保障须有限额，免赔额不得为负',
  'tables.experience': '经验系数的上下限须把 1 包含在内，先验与单次损失上限须大于 0',
  'tables.schedule': '核保调整合计须小于 100%',
  'tables.combined': '综合系数的上下限须把 1 包含在内',
  'tables.segment': '行业分段系数的上下限须把 1 包含在内',
  'tables.uncertainty': '不确定性附加不得为负',
  'tables.market': '市场混合须为加权平均',
};

/** A rule between numbers is shown at the first changed number of the part that it is about. */
function numbersFault({ at, message }: ContentProblem, draft: RatebookDraft, base: TariffVersion): DraftFault {
  if (at === 'version') return fault('version', 'version-not-newer', `版本号须大于现有的 ${base.version}`, `a version is later than ${base.version}`);
  const part = at.split('.').reduce<unknown>((within, name) => (within as Record<string, unknown> | undefined)?.[name], base.ratebook.file);
  const keys = new Set(wordsIn(part));
  return { at: cellOf(draft, ({ key }) => keys.has(key)) ?? 'changes', code: 'numbers-disagree', message: { zh: rulesInChinese[at] ?? message, en: message } };
}

const wordsIn = (part: unknown): string[] =>
  typeof part === 'string' ? [part] : typeof part === 'object' && part !== null ? Object.values(part).flatMap(wordsIn) : [];

const shapes: Readonly<Record<RatebookFinding['rule'], Text>> = {
  'case-does-not-reproduce': { zh: '算例不能复现', en: 'a worked case does not reproduce' },
  'limit-factors-not-concave': { zh: '限额系数须随限额递增且增幅递减', en: 'limit factors must rise with the limit, ever more slowly' },
  'waiting-factors-not-falling': { zh: '等待期越长，系数须越低', en: 'a longer waiting period must not cost more' },
  'tables-off-the-model': { zh: '费率表偏离模型过多', en: 'the tables are too far off the model' },
  'parameter-without-source': { zh: '参数缺少来源', en: 'a number has no source' },
};

function shapeFault({ rule, at }: RatebookFinding, draft: RatebookDraft, { ratebook }: TariffVersion): DraftFault {
  const peril = ratebook.file.perils.find((one) => one.peril === at);
  const keys = new Set(peril === undefined ? [at] : keysOf({ ...ratebook.file, perils: [peril] }));
  return { at: cellOf(draft, ({ key }) => keys.has(key)) ?? 'changes', code: rule, message: shapes[rule] };
}

function cellOf({ changes }: RatebookDraft, holds: (change: Change) => boolean): string | null {
  const i = changes.findIndex(holds);
  return i < 0 ? null : `changes.${i}.value`;
}
