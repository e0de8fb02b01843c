import { allocateMinor, roundMinor, type Text } from '../basics/index.ts';
import type { Coverage } from '../catalogue/index.ts';
import type { Worksheet, WorksheetLine } from './model.ts';
import type { Premium } from './premium.ts';
import type { Price } from './price.ts';
import type { Ratebook } from './ratebook.ts';
import type { RatedPeril } from './risk.ts';
import { waterfall } from './waterfall.ts';

type Section = WorksheetLine['section'];
type Explained = Pick<WorksheetLine, 'id' | 'label' | 'value' | 'unit'> & Partial<Pick<WorksheetLine, 'peril' | 'coverage' | 'parameters'>>;

/** A line that explains and adds nothing. */
const explain = (section: Section, line: Explained): WorksheetLine => ({ peril: null, coverage: null, parameters: [], amountMinor: null, section, ...line });

/** A part of the premium: its line without the amount, and its weight in major units. */
interface Weighed {
  readonly line: WorksheetLine;
  readonly major: number;
}

/** Writes a price as readable lines. INVARIANT (re-adds): the amounts are the rounded premium split by largest remainder, so they sum to it exactly. */
export function writeWorksheet(price: Price): Worksheet {
  const { ratebook } = price.risk.tariff;
  const lines = [...price.risk.perils.flatMap((peril, i) => perilLines(price, peril, i)), ...amountLines(price), ...totalLines(price.premium, ratebook)];
  const used = [...new Set(lines.flatMap(({ parameters }) => parameters))].sort();
  return {
    currency: price.premium.currency,
    lines,
    waterfall: waterfall(price),
    premium: { ...price.premium },
    expectedLossMinor: roundMinor(price.annual.expected * 100, 'half-even'),
    rateOnLine: price.premium.exVat / price.risk.cover.limitMinor,
    minimumApplied: price.parts.minimum > 0,
    clamped: price.risk.perils.filter((_, i) => price.security[i]!.beyond).map(({ tariff }) => tariff.peril),
    ratebook: ratebook.file.version,
    parametersHash: ratebook.hash,
    priors: used.filter((key) => ratebook.parameters.get(key)!.provenance === 'J'),
  };
}

function perilLines(price: Price, rated: RatedPeril, i: number): WorksheetLine[] {
  return [...frequencyLines(price, rated), ...securityLines(price, rated, i), ...severityLines(price, rated), ...coverLines(price, rated, i)];
}

const titled = ({ tariff }: RatedPeril, zh: string, en: string): Text => ({ zh: `${tariff.title.zh}：${zh}`, en: `${tariff.title.en}: ${en}` });

function frequencyLines({ risk }: Price, rated: RatedPeril): WorksheetLine[] {
  const { tariff, frequency } = rated;
  const { size, industryFrequency } = risk.tariff.ratebook.file;
  const peril = tariff.peril;
  const exposure = tariff.exposure.filter(({ fact, is }) => risk.firm[fact] === is).map(({ factor }) => factor);
  return [
    explain('frequency', {
      id: `${peril}.frequency.base`,
      peril,
      label: titled(rated, '基准发生频率', 'base frequency'),
      value: frequency.base,
      unit: 'events/year',
      parameters: [tariff.frequency],
    }),
    explain('frequency', {
      id: `${peril}.frequency.size`,
      peril,
      label: titled(rated, '规模系数', 'size factor'),
      value: frequency.size,
      unit: 'factor',
      parameters: Object.values(size),
    }),
    ...(exposure.length === 0
      ? []
      : [
          explain('frequency', {
            id: `${peril}.frequency.exposure`,
            peril,
            label: titled(rated, '业务特征系数', 'exposure factor'),
            value: frequency.exposure,
            unit: 'factor',
            parameters: exposure,
          }),
        ]),
    explain('frequency', {
      id: `${peril}.frequency.industry`,
      peril,
      label: titled(rated, '行业系数', 'industry factor'),
      value: frequency.industry,
      unit: 'factor',
      parameters: [industryFrequency[risk.firm.industry]],
    }),
  ];
}

function securityLines({ risk, security, rates }: Price, rated: RatedPeril, i: number): WorksheetLine[] {
  const peril = rated.tariff.peril;
  const { bookMean, least, most } = risk.tariff.ratebook.file.security;
  const { controls, findings, used } = security[i]!;
  return [
    explain('security', { id: `${peril}.security.controls`, peril, label: titled(rated, '安全措施系数', 'controls factor'), value: controls, unit: 'factor' }),
    explain('security', {
      id: `${peril}.security.findings`,
      peril,
      label: titled(rated, '漏洞系数（相对业务平均）', 'findings factor, relative to the book'),
      value: findings,
      unit: 'factor',
      parameters: [bookMean],
    }),
    explain('security', {
      id: `${peril}.security.used`,
      peril,
      label: titled(rated, '安全综合系数（限定在备案区间内）', 'security factor inside its filed bounds'),
      value: used,
      unit: 'factor',
      parameters: [least, most],
    }),
    explain('frequency', { id: `${peril}.frequency`, peril, label: titled(rated, '采用的发生频率', 'frequency used'), value: rates[i]!, unit: 'events/year' }),
  ];
}

function severityLines({ risk }: Price, rated: RatedPeril): WorksheetLine[] {
  const { tariff, severity } = rated;
  const { ratebook } = risk.tariff;
  const { mean, sigma, revenueElasticity } = tariff.severity;
  const peril = tariff.peril;
  const money = ratebook.parameters.get(mean)!.unit === ratebook.file.currency ? [] : Object.values(ratebook.file.foreignMoney);
  return [
    explain('severity', {
      id: `${peril}.severity.mean`,
      peril,
      label: titled(rated, '单次事件平均损失（未扣免赔额）', 'mean loss of one event, ground-up'),
      value: severity.mean,
      unit: ratebook.file.currency,
      parameters: [mean, revenueElasticity, ...money, ...Object.values(tariff.records ?? {})],
    }),
    explain('severity', {
      id: `${peril}.severity.sigma`,
      peril,
      label: titled(rated, '损失离散程度（对数标准差）', 'spread of losses (standard deviation of the logarithm)'),
      value: ratebook.number(sigma),
      unit: 'ln',
      parameters: [sigma],
    }),
  ];
}

function coverLines({ risk, rates }: Price, rated: RatedPeril, i: number): WorksheetLine[] {
  const { file } = risk.tariff.ratebook;
  const peril = rated.tariff.peril;
  const waits = rated.parts.filter(({ waitingHours }) => waitingHours !== null && rated.tariff.interruption !== null);
  return [
    ...waits.map((part) =>
      explain('cover', {
        id: `${peril}.waiting.${part.coverage}`,
        peril,
        coverage: part.coverage,
        label: titled(rated, `等待期 ${part.waitingHours} 小时的系数`, `factor of the ${part.waitingHours}-hour waiting period`),
        value: part.waiting,
        unit: 'factor',
        parameters: [file.waiting.baseHours, ...Object.values(rated.tariff.interruption!)],
      }),
    ),
    explain('cover', {
      id: `${peril}.paid`,
      peril,
      label: titled(rated, '单次事件平均赔付（扣除免赔额并计入限额后）', 'mean payment for one event after retention and limits'),
      value: rated.meanPaid,
      unit: file.currency,
      parameters: Object.values(file.eventLoss),
    }),
    explain('cover', {
      id: `${peril}.expected`,
      peril,
      label: titled(rated, '年期望赔付', 'expected payment a year'),
      value: rated.meanPaid * rates[i]!,
      unit: file.currency,
    }),
  ];
}

function amountLines(price: Price): WorksheetLine[] {
  const weighed = [...coverageAmounts(price), ...loadAmounts(price)];
  const amounts = allocateMinor(
    price.premium.exVat,
    weighed.map(({ major }) => major),
  );
  return weighed.map(({ line }, i) => ({ ...line, amountMinor: amounts[i]! }));
}

/** Expected loss by coverage, the aggregate limit borne pro rata. */
function coverageAmounts({ risk, rates, parts }: Price): Weighed[] {
  const sums = new Map(risk.cover.lines.map(({ coverage }) => [coverage, 0]));
  risk.perils.forEach((peril, i) => {
    peril.parts.forEach(({ coverage }, m) => sums.set(coverage, sums.get(coverage)! + rates[i]! * peril.partMeans[m]!));
  });
  const whole = [...sums.values()].reduce((sum, x) => sum + x, 0);
  return [...sums].map(([id, sum]) => {
    const major = whole === 0 ? 0 : (parts.expectedLoss * sum) / whole;
    return { major, line: coverageLine(risk.tariff.catalogue.coverages.get(id)!, major, risk.tariff.ratebook) };
  });
}

const coverageLine = ({ id, title }: Coverage, major: number, { file }: Ratebook): WorksheetLine =>
  explain('cover', {
    id: `${id}.expected`,
    coverage: id,
    label: { zh: `${title.zh}：期望赔付`, en: `${title.en}: expected payment` },
    value: major,
    unit: file.currency,
  });

/** The loads of the build-up, in the order in which they are added. */
function loadAmounts({ parts, risk }: Price): Weighed[] {
  const { riskLoad, catastrophe, expenses } = risk.tariff.ratebook.file;
  const line = (id: string, major: number, label: Text, parameters: string[]): Weighed => ({
    major,
    line: explain('load', { id, label, value: major, unit: risk.tariff.ratebook.file.currency, parameters }),
  });
  return [
    line('load.risk', parts.riskLoad, { zh: '风险附加（资本成本）', en: 'Risk load (cost of capital)' }, Object.values(riskLoad)),
    line('load.catastrophe', parts.catastrophe, { zh: '巨灾附加', en: 'Catastrophe load' }, [catastrophe]),
    line('load.loss-adjustment', parts.lossAdjustment, { zh: '理赔费用', en: 'Loss adjustment expenses' }, [expenses.lossAdjustment]),
    line('load.fixed', parts.fixed, { zh: '固定费用', en: 'Fixed expenses' }, [expenses.fixed]),
    line('load.variable', parts.variable, { zh: '佣金、平台与其他变动费用', en: 'Commission, platform and other variable expenses' }, [expenses.variable]),
    line('load.profit', parts.profit, { zh: '利润', en: 'Profit' }, [expenses.profit]),
    ...(parts.minimum === 0 ? [] : [line('load.minimum', parts.minimum, { zh: '补足至最低保费', en: 'Up to the minimum premium' }, [expenses.minimum])]),
  ];
}

function totalLines({ exVat, vat, total }: Premium, { file }: Ratebook): WorksheetLine[] {
  const line = (id: string, minor: number, label: Text, parameters: string[]): WorksheetLine =>
    explain('total', { id, label, value: minor / 100, unit: file.currency, parameters });
  return [
    line('total.ex-vat', exVat, { zh: '不含税保费', en: 'Premium before VAT' }, []),
    line('total.vat', vat, { zh: '增值税', en: 'VAT' }, [file.vat]),
    line('total.premium', total, { zh: '应缴保费（含税）', en: 'Premium to pay, VAT included' }, []),
  ];
}
