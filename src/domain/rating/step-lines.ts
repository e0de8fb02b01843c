import type { Text } from '../basics/index.ts';
import type { ScheduleItem } from './adjustment.ts';
import { plan, type PlannedLine } from './planned-line.ts';
import type { TableSteps } from './price.ts';
import type { RatebookFile } from './ratebook.ts';
import type { ShownRisk } from './risk.ts';

type Tables = NonNullable<RatebookFile['tables']>;

/** A line about one number of the further steps. */
const step = (section: 'adjustment' | 'total', id: string, label: Text, unit: string, parameters: string[], of: (steps: TableSteps) => number): PlannedLine =>
  plan(section, { id, label, unit, parameters }, ({ price }) => of(price.further!));

/** What the firm's own record, the underwriter and its industry's experience do to every frequency; none in a tariff without tables. */
export function adjustmentLines({ tariff: { ratebook }, schedule = [] }: ShownRisk): PlannedLine[] {
  const { tables } = ratebook.file;
  if (tables === undefined) return [];
  return [...experienceLines(tables), ...schedule.map(itemLine), scheduleLine(tables), segmentLine(tables)];
}

function experienceLines({ experience: { prior, years, lossCap, least, most } }: Tables): PlannedLine[] {
  const line = (id: string, zh: string, en: string, unit: string, parameters: string[], of: (steps: TableSteps) => number): PlannedLine =>
    step('adjustment', `experience.${id}`, { zh, en }, unit, parameters, of);
  return [
    line(
      'claims',
      '经验期内限额后损失折合赔案数',
      'losses of the experience period, limited, in average claims',
      'claims',
      [years, lossCap],
      (s) => s.experience.claims,
    ),
    line('expected', '经验期内费率预期的赔案数', 'claims that the tariff expected of the period', 'claims', [years], (s) => s.experience.expected),
    line('credibility', '自身经验的可信度', 'credibility of the firm’s own record', 'share', [prior], (s) => s.experience.credibility),
    line('factor', '经验系数（限定在备案区间内）', 'experience factor inside its filed bounds', 'factor', [prior, least, most], (s) => s.experience.factor),
  ];
}

/** One documented item of the underwriter, in the words that it was given in. */
const itemLine = ({ item, percent, reason }: ScheduleItem): PlannedLine =>
  step('adjustment', `schedule.${item}`, { zh: `核保调整项：${reason}`, en: `schedule item: ${reason}` }, 'percent', [], () => percent);

const scheduleLine = ({ schedule }: Tables): PlannedLine =>
  step('adjustment', 'schedule.factor', { zh: '核保调整系数', en: 'schedule rating by the underwriter' }, 'factor', [schedule.most], (s) => s.schedule);

const segmentLine = ({ segment }: Tables): PlannedLine =>
  step(
    'adjustment',
    'segment.factor',
    { zh: '行业自身经验系数', en: 'experience of the industry in the book' },
    'factor',
    Object.values(segment),
    (s) => s.segment,
  );

/** The technical price, the market's and their blend side by side; none in a tariff without tables. */
export function marketLines({ tariff: { ratebook } }: ShownRisk): PlannedLine[] {
  const { tables, currency } = ratebook.file;
  if (tables === undefined) return [];
  const { rateOnLine, expectedClaims, k } = tables.market;
  const line = (id: string, zh: string, en: string, unit: string, parameters: string[], of: (steps: TableSteps) => number): PlannedLine =>
    step('total', `market.${id}`, { zh, en }, unit, parameters, of);
  return [
    line('technical', '技术保费（不含税）', 'technical premium before VAT', currency, [], (s) => s.technical),
    line('anchored', '市场锚定保费（不含税）', 'market-anchored premium before VAT', currency, [rateOnLine], (s) => s.anchored),
    line('credibility', '技术保费的可信度', 'credibility of the technical premium', 'share', [expectedClaims, k], (s) => s.credibility),
    line('blended', '按可信度加权的保费（不含税）', 'the two blended by credibility, before VAT', currency, [], blended),
  ];
}

const blended = ({ credibility, technical, anchored }: TableSteps): number => credibility * technical + (1 - credibility) * anchored;
