import { majorUnits, type Text } from '../basics/index.ts';
import type { WorksheetLine } from './model.ts';
import type { Price } from './price.ts';
import type { RatedPart, RatedPeril, RatedRisk } from './risk.ts';

/** A price with its expected loss split by coverage, in major units. */
export interface Filling {
  readonly price: Price;
  readonly byCoverage: ReadonlyMap<string, number>;
}

/**
 * A line of a worksheet before its numbers: everything that security does not change is written once for a risk, and `valueOf` finds the number for one price.
 * A line that `weighs` is a part of the premium, and its value in major units is its weight in the rounding; `whenCharged` lines are left out at 0.
 * A line that `restsOn` the controls or the findings also cites what that multiplier was made from.
 */
export interface PlannedLine {
  readonly line: WorksheetLine;
  readonly weighs: boolean;
  readonly whenCharged: boolean;
  readonly restsOn: 'controls' | 'findings' | null;
  readonly valueOf: (filling: Filling) => number;
}

type Section = WorksheetLine['section'];
type Words = Pick<WorksheetLine, 'id' | 'label' | 'unit'> & Partial<Pick<WorksheetLine, 'peril' | 'coverage' | 'parameters'>>;

const blank = { peril: null, coverage: null, parameters: [], value: 0, amountMinor: null };

const plan = (section: Section, words: Words, valueOf: PlannedLine['valueOf'], weighs = false): PlannedLine => ({
  line: { ...blank, section, ...words },
  weighs,
  whenCharged: false,
  restsOn: null,
  valueOf,
});

/** All lines of a risk's worksheet, in the order in which they are read. */
export const planLines = (risk: RatedRisk): PlannedLine[] => [
  ...risk.perils.flatMap((peril, i) => perilLines(risk, peril, i)),
  annualLimitLine(risk),
  ...coverageLines(risk),
  ...loadLines(risk),
  ...totalLines(risk),
];

const perilLines = (risk: RatedRisk, rated: RatedPeril, i: number): PlannedLine[] => [
  ...frequencyLines(risk, rated),
  ...securityLines(risk, rated, i),
  ...severityLines(risk, rated),
  ...waitingLines(risk, rated),
  ...interruptionLines(risk, rated),
  ...paymentLines(risk, rated, i),
];

/** The beginning of a peril's line: its id, peril and label. */
const about = ({ tariff }: RatedPeril, id: string, zh: string, en: string): Pick<WorksheetLine, 'id' | 'peril' | 'label'> => ({
  id: `${tariff.peril}.${id}`,
  peril: tariff.peril,
  label: { zh: `${tariff.title.zh}：${zh}`, en: `${tariff.title.en}: ${en}` },
});

function frequencyLines({ firm, tariff: { ratebook } }: RatedRisk, rated: RatedPeril): PlannedLine[] {
  const { tariff, frequency } = rated;
  const { size, industryFrequency } = ratebook.file;
  const exposure = tariff.exposure.filter(({ fact, is }) => firm[fact] === is).map(({ factor }) => factor);
  const factor = (id: string, zh: string, en: string, value: number, parameters: string[]): PlannedLine =>
    plan('frequency', { ...about(rated, `frequency.${id}`, zh, en), unit: 'factor', parameters }, () => value);
  return [
    plan(
      'frequency',
      { ...about(rated, 'frequency.base', '基准发生频率', 'base frequency'), unit: 'events/year', parameters: [tariff.frequency] },
      () => frequency.base,
    ),
    factor('size', '规模系数', 'size factor', frequency.size, Object.values(size)),
    ...(exposure.length === 0 ? [] : [factor('exposure', '业务特征系数', 'exposure factor', frequency.exposure, exposure)]),
    factor('industry', '行业系数', 'industry factor', frequency.industry, [industryFrequency[firm.industry]]),
  ];
}

function securityLines({ tariff: { ratebook } }: RatedRisk, rated: RatedPeril, i: number): PlannedLine[] {
  const { bookMean, least, most } = ratebook.file.security;
  const factor = (id: 'controls' | 'findings' | 'used', zh: string, en: string, parameters: string[]): PlannedLine =>
    plan('security', { ...about(rated, `security.${id}`, zh, en), unit: 'factor', parameters }, ({ price }) => price.security[i]![id]);
  return [
    { ...factor('controls', '安全措施系数', 'controls factor', []), restsOn: 'controls' },
    { ...factor('findings', '漏洞系数（相对业务平均）', 'findings factor, relative to the book', [bookMean]), restsOn: 'findings' },
    factor('used', '安全综合系数（限定在备案区间内）', 'security factor inside its filed bounds', [least, most]),
    plan('frequency', { ...about(rated, 'frequency', '采用的发生频率', 'frequency used'), unit: 'events/year' }, ({ price }) => price.rates[i]!),
  ];
}

function severityLines({ tariff: { ratebook } }: RatedRisk, rated: RatedPeril): PlannedLine[] {
  const { tariff, severity } = rated;
  const { mean, sigma, revenueElasticity } = tariff.severity;
  const { currency, foreignMoney } = ratebook.file;
  const money = ratebook.parameters.get(mean)!.unit === currency ? [] : Object.values(foreignMoney);
  const parameters = [mean, revenueElasticity, ...money, ...Object.values(tariff.records ?? {})];
  const spread = ratebook.number(sigma);
  return [
    plan(
      'severity',
      { ...about(rated, 'severity.mean', '单次事件平均损失（未扣免赔额）', 'mean loss of one event, ground-up'), unit: currency, parameters },
      () => severity.mean,
    ),
    plan(
      'severity',
      {
        ...about(rated, 'severity.sigma', '损失离散程度（对数标准差）', 'spread of losses (standard deviation of the logarithm)'),
        unit: 'ln',
        parameters: [sigma],
      },
      () => spread,
    ),
  ];
}

function waitingLines({ tariff: { ratebook } }: RatedRisk, rated: RatedPeril): PlannedLine[] {
  const { interruption } = rated.tariff;
  if (interruption === null) return [];
  const parameters = [ratebook.file.waiting.baseHours, ...Object.values(interruption)];
  const line = ({ coverage, waiting, waitingHours }: RatedPart): PlannedLine =>
    plan(
      'cover',
      {
        ...about(rated, `waiting.${coverage}`, `等待期 ${waitingHours} 小时的系数`, `factor of the ${waitingHours}-hour waiting period`),
        coverage,
        unit: 'factor',
        parameters,
      },
      () => waiting,
    );
  return rated.parts.filter(({ waitingHours }) => waitingHours !== null).map(line);
}

function interruptionLines({ firm, tariff: { ratebook, catalogue } }: RatedRisk, rated: RatedPeril): PlannedLine[] {
  const key = ratebook.file.industryInterruption[firm.industry];
  if (key === undefined) return [];
  const line = ({ coverage, interruption }: RatedPart): PlannedLine =>
    plan(
      'severity',
      { ...about(rated, `interruption.${coverage}`, '行业中断损失系数', 'industry factor of the interruption'), coverage, unit: 'factor', parameters: [key] },
      () => interruption,
    );
  return rated.parts.filter(({ coverage }) => catalogue.coverages.get(coverage)!.timeBased).map(line);
}

function paymentLines({ tariff: { ratebook } }: RatedRisk, rated: RatedPeril, i: number): PlannedLine[] {
  const { currency: unit, eventLoss } = ratebook.file;
  const paid = about(rated, 'paid', '单次事件平均赔付（扣除免赔额并计入限额后）', 'mean payment for one event after retention and limits');
  return [
    plan('cover', { ...paid, unit, parameters: Object.values(eventLoss) }, () => rated.meanPaid),
    plan('cover', { ...about(rated, 'expected', '年期望赔付', 'expected payment a year'), unit }, ({ price }) => rated.meanPaid * price.rates[i]!),
  ];
}

/** What stands between the payments by peril and those by coverage: the cover pays its limit once a year, however many events there are. At most 0, to a millionth, because the grid adds up no finer. */
const annualLimitLine = ({ perils, tariff: { ratebook } }: RatedRisk): PlannedLine => {
  const label = { zh: '年度累计限额使期望赔付减少', en: 'What the policy-year limit takes off the expected loss' };
  return plan('cover', { id: 'cover.annual-limit', label, unit: ratebook.file.currency }, ({ price }) => {
    const uncapped = perils.reduce((sum, { meanPaid }, i) => sum + meanPaid * price.rates[i]!, 0);
    return Math.min(0, Math.round((price.annual.expected - uncapped) * 1e6) / 1e6) + 0;
  });
};

/** Expected loss by coverage, the aggregate limit borne pro rata; computed on a grid whose step the firm's revenue sets. */
const coverageLines = ({ cover, tariff: { catalogue, ratebook } }: RatedRisk): PlannedLine[] =>
  cover.lines.map(({ coverage }) => {
    const { currency, grid, size } = ratebook.file;
    const { zh, en } = catalogue.coverages.get(coverage)!.title;
    const label = { zh: `${zh}：期望赔付`, en: `${en}: expected payment` };
    const parameters = [grid.step, size.referenceRevenue, size.leastRevenue];
    return plan('cover', { id: `${coverage}.expected`, coverage, label, unit: currency, parameters }, ({ byCoverage }) => byCoverage.get(coverage)!, true);
  });

/** The loads of the build-up, in the order in which they are added. */
function loadLines({ tariff: { ratebook } }: RatedRisk): PlannedLine[] {
  const { riskLoad, catastrophe, expenses, currency } = ratebook.file;
  type Part = 'riskLoad' | 'catastrophe' | 'lossAdjustment' | 'fixed' | 'variable' | 'profit' | 'minimum';
  const load = (id: string, part: Part, label: Text, parameters: string[]): PlannedLine =>
    plan('load', { id: `load.${id}`, label, unit: currency, parameters }, ({ price }) => price.parts[part], true);
  return [
    load('risk', 'riskLoad', { zh: '风险附加（资本成本）', en: 'Risk load (cost of capital)' }, Object.values(riskLoad)),
    load('catastrophe', 'catastrophe', { zh: '巨灾附加', en: 'Catastrophe load' }, [catastrophe]),
    load('loss-adjustment', 'lossAdjustment', { zh: '理赔费用', en: 'Loss adjustment expenses' }, [expenses.lossAdjustment]),
    load('fixed', 'fixed', { zh: '固定费用', en: 'Fixed expenses' }, [expenses.fixed]),
    load('variable', 'variable', { zh: '佣金、平台与其他变动费用', en: 'Commission, platform and other variable expenses' }, [expenses.variable]),
    load('profit', 'profit', { zh: '利润', en: 'Profit' }, [expenses.profit]),
    { ...load('minimum', 'minimum', { zh: '补足至最低保费', en: 'Up to the minimum premium' }, [expenses.minimum]), whenCharged: true },
  ];
}

function totalLines({ tariff: { ratebook } }: RatedRisk): PlannedLine[] {
  const { currency: unit, vat, expenses } = ratebook.file;
  const total = (id: string, part: 'exVat' | 'vat' | 'total', label: Text, parameters: string[]): PlannedLine =>
    plan('total', { id: `total.${id}`, label, unit, parameters }, ({ price }) => majorUnits({ currency: unit, minor: price.premium[part] }));
  return [
    total('ex-vat', 'exVat', { zh: '不含税保费', en: 'Premium before VAT' }, [expenses.minimum]),
    total('vat', 'vat', { zh: '增值税', en: 'VAT' }, [vat]),
    total('premium', 'total', { zh: '应缴保费（含税）', en: 'Premium to pay, VAT included' }, []),
  ];
}
