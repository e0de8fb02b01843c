import { majorUnits, type Text } from '../basics/index.ts';
import type { WorksheetLine } from './model.ts';
import { plan, type PlannedLine } from './planned-line.ts';
import type { RatebookFile } from './ratebook.ts';
import { adjustmentLines, marketLines } from './step-lines.ts';
import type { BookExperience, RatedPart, ShownPeril, ShownRisk } from './risk.ts';

/** All lines of a risk's worksheet, in the order in which they are read. */
export const planLines = (risk: ShownRisk): PlannedLine[] => [
  ...adjustmentLines(risk),
  ...risk.perils.flatMap((peril, i) => perilLines(risk, peril, i)),
  annualLimitLine(risk),
  ...coverageLines(risk),
  ...loadLines(risk),
  ...marketLines(risk),
  ...totalLines(risk),
];

const perilLines = (risk: ShownRisk, rated: ShownPeril, i: number): PlannedLine[] => [
  ...frequencyLines(risk, rated),
  ...securityLines(risk, rated, i),
  ...severityLines(risk, rated),
  ...waitingLines(risk, rated),
  ...interruptionLines(risk, rated),
  ...paymentLines(risk, rated, i),
];

/** The beginning of a peril's line: its id, peril and label. */
const about = ({ tariff }: ShownPeril, id: string, zh: string, en: string): Pick<WorksheetLine, 'id' | 'peril' | 'label'> => ({
  id: `${tariff.peril}.${id}`,
  peril: tariff.peril,
  label: { zh: `${tariff.title.zh}：${zh}`, en: `${tariff.title.en}: ${en}` },
});

function frequencyLines({ firm, tariff: { ratebook } }: ShownRisk, rated: ShownPeril): PlannedLine[] {
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

function securityLines({ tariff: { ratebook } }: ShownRisk, rated: ShownPeril, i: number): PlannedLine[] {
  const { bookMean, least, most } = ratebook.file.security;
  const factor = (id: 'controls' | 'findings' | 'used', zh: string, en: string, parameters: string[]): PlannedLine =>
    plan('security', { ...about(rated, `security.${id}`, zh, en), unit: 'factor', parameters }, ({ price }) => price.security[i]![id]);
  return [
    { ...factor('controls', '安全措施系数', 'controls factor', []), restsOn: 'controls' },
    { ...factor('findings', '漏洞系数（相对业务平均）', 'findings factor, relative to the book', [bookMean]), restsOn: 'findings' },
    factor('used', '安全综合系数（限定在备案区间内）', 'security factor inside its filed bounds', [least, most]),
    ...combinedLine(ratebook.file.tables, rated, i),
    plan('frequency', { ...about(rated, 'frequency', '采用的发生频率', 'frequency used'), unit: 'events/year' }, ({ price }) => price.rates[i]!),
  ];
}

function combinedLine(tables: RatebookFile['tables'], rated: ShownPeril, i: number): PlannedLine[] {
  if (tables === undefined) return [];
  const label = about(rated, 'security.combined', '安全×经验×核保调整（限定在备案区间内）', 'security × experience × schedule inside the filed bounds');
  return [plan('security', { ...label, unit: 'factor', parameters: Object.values(tables.combined) }, ({ price }) => price.further!.combined[i]!)];
}

function severityLines({ tariff: { ratebook } }: ShownRisk, rated: ShownPeril): PlannedLine[] {
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

function waitingLines({ tariff: { ratebook } }: ShownRisk, rated: ShownPeril): PlannedLine[] {
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

function interruptionLines({ firm, tariff: { ratebook, catalogue } }: ShownRisk, rated: ShownPeril): PlannedLine[] {
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

function paymentLines({ tariff: { ratebook } }: ShownRisk, rated: ShownPeril, i: number): PlannedLine[] {
  const { currency: unit, eventLoss } = ratebook.file;
  const paid = about(rated, 'paid', '单次事件平均赔付（扣除免赔额并计入限额后）', 'mean payment for one event after retention and limits');
  return [
    plan('cover', { ...paid, unit, parameters: Object.values(eventLoss) }, () => rated.meanPaid),
    plan('cover', { ...about(rated, 'expected', '年期望赔付', 'expected payment a year'), unit }, ({ price }) => rated.meanPaid * price.rates[i]!),
  ];
}

/** What stands between the payments by peril and those by coverage: the cover pays its limit once a year, however many events there are. At most 0, to a millionth, because the grid adds up no finer. */
const annualLimitLine = ({ perils, tariff: { ratebook } }: ShownRisk): PlannedLine => {
  const label = { zh: '年度累计限额使期望赔付减少', en: 'What the policy-year limit takes off the expected loss' };
  return plan('cover', { id: 'cover.annual-limit', label, unit: ratebook.file.currency }, ({ price }) => {
    const uncapped = perils.reduce((sum, { meanPaid }, i) => sum + meanPaid * price.rates[i]!, 0);
    return Math.min(0, Math.round((price.annual.expected - uncapped) * 1e6) / 1e6) + 0;
  });
};

/** Expected loss by coverage, the aggregate limit borne pro rata; computed on a grid whose step the firm's revenue sets. */
const coverageLines = ({ cover, tariff: { catalogue, ratebook } }: ShownRisk): PlannedLine[] =>
  cover.lines.map(({ coverage }) => {
    const { currency, grid, size, tables } = ratebook.file;
    const { zh, en } = catalogue.coverages.get(coverage)!.title;
    const label = { zh: `${zh}：期望赔付`, en: `${en}: expected payment` };
    const parameters = [grid.step, size.referenceRevenue, size.leastRevenue, ...Object.values(tables?.reference ?? {})];
    return plan('cover', { id: `${coverage}.expected`, coverage, label, unit: currency, parameters }, ({ byCoverage }) => byCoverage.get(coverage)!, true);
  });

type LoadPart = 'riskLoad' | 'catastrophe' | 'uncertainty' | 'lossAdjustment' | 'fixed' | 'variable' | 'profit' | 'market' | 'minimum';

/** The loads of the build-up, in the order in which they are added. */
function loadLines({ tariff: { ratebook, book } }: ShownRisk): PlannedLine[] {
  const { riskLoad, catastrophe, expenses, currency, tables } = ratebook.file;
  const load = (id: string, part: LoadPart, label: Text, parameters: string[]): PlannedLine =>
    plan('load', { id: `load.${id}`, label, unit: currency, parameters }, ({ price }) => price.parts[part], true);
  const whenCharged = (line: PlannedLine): PlannedLine => ({ ...line, whenCharged: true });
  const further =
    tables === undefined ? [] : [load('uncertainty', 'uncertainty', uncertaintyLabel, [tables.uncertainty, tables.market.k, tables.market.expectedClaims])];
  const market = tables === undefined ? [] : [whenCharged(load('market', 'market', marketLabel, Object.values(tables.market)))];
  return [
    load('risk', 'riskLoad', { zh: '风险附加（资本成本）', en: 'Risk load (cost of capital)' }, Object.values(riskLoad)),
    load('catastrophe', 'catastrophe', catastropheLabel(book), book?.catastrophe ? [] : [catastrophe]),
    ...further,
    load('loss-adjustment', 'lossAdjustment', { zh: '理赔费用', en: 'Loss adjustment expenses' }, [expenses.lossAdjustment]),
    load('fixed', 'fixed', { zh: '固定费用', en: 'Fixed expenses' }, [expenses.fixed]),
    load('variable', 'variable', { zh: '佣金、平台与其他变动费用', en: 'Commission, platform and other variable expenses' }, [expenses.variable]),
    load('profit', 'profit', { zh: '利润', en: 'Profit' }, [expenses.profit]),
    ...market,
    whenCharged(load('minimum', 'minimum', { zh: '补足至最低保费', en: 'Up to the minimum premium' }, [expenses.minimum])),
  ];
}

const uncertaintyLabel: Text = { zh: '不确定性附加（数据积累后递减）', en: 'Uncertainty load, shrinking as data arrive' };
const marketLabel: Text = { zh: '向市场费率靠拢', en: 'Towards the market’s rate' };

const catastropheLabel = (book: BookExperience | undefined): Text =>
  book?.catastrophe
    ? { zh: `巨灾附加（组合模拟：${book.catastrophe.source}）`, en: `Catastrophe load (simulated portfolio: ${book.catastrophe.source})` }
    : { zh: '巨灾附加', en: 'Catastrophe load' };

function totalLines({ tariff: { ratebook } }: ShownRisk): PlannedLine[] {
  const { currency: unit, vat, expenses } = ratebook.file;
  const total = (id: string, part: 'exVat' | 'vat' | 'total', label: Text, parameters: string[]): PlannedLine =>
    plan('total', { id: `total.${id}`, label, unit, parameters }, ({ price }) => majorUnits({ currency: unit, minor: price.premium[part] }));
  return [
    total('ex-vat', 'exVat', { zh: '不含税保费', en: 'Premium before VAT' }, [expenses.minimum]),
    total('vat', 'vat', { zh: '增值税', en: 'VAT' }, [vat]),
    total('premium', 'total', { zh: '应缴保费（含税）', en: 'Premium to pay, VAT included' }, []),
  ];
}
