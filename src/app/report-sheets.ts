import { changeInTenths, type AssessmentReport, type FindingChange, type Signer } from '../domain/assessment/index.ts';
import type { Language, Money, Text } from '../domain/basics/index.ts';
import { dateTime, fixed } from '../domain/notation/index.ts';
import type { Cell, Sheet, Workbook } from '../io/interfaces.ts';
import { answerWords, evidenceWords, joined, severityWords, trackedStateWords, type ExportColumn } from './exports.ts';

/** An assessment report as a workbook: a sheet for each of its parts, and what it is on the last one. */
export function reportSheets(
  report: AssessmentReport,
  { hash, code, signer }: { readonly hash: string; readonly code: string; readonly signer: Signer | null },
  language: Language,
): Pick<Workbook, 'sheets' | 'about'> {
  const about: [Text, string][] = [
    [{ zh: '评估报告', en: 'Assessment report' }, report.number],
    [{ zh: '企业', en: 'Firm' }, report.subject.name],
    [{ zh: '评估时间（北京时间）', en: 'Assessed at (Beijing time)' }, dateTime(report.dataAsOf)],
    [{ zh: '出具时间（北京时间）', en: 'Prepared at (Beijing time)' }, dateTime(report.preparedAt)],
    [{ zh: '签署', en: 'Signed' }, signer === null ? unsigned[language] : `${signer.name} ${dateTime(signer.at)}`],
    [{ zh: '验证码', en: 'Verification code' }, code],
    [{ zh: '报告数据 SHA-256', en: 'SHA-256 of the data' }, hash],
    ...(report.profile === undefined ? [] : profileRows(report.profile, language)),
    ...report.versions.map(({ title, version }): [Text, string] => [{ zh: `版本：${title}`, en: `Version: ${title}` }, version]),
  ];
  const [overview, ...parts] = allParts(report, language);
  const filled = parts.filter(({ rows }) => rows.length > 0);
  return { about, sheets: [overview!, ...filled].map((part) => sheetOf(part, language)) };
}

function profileRows({ title, chosen }: NonNullable<AssessmentReport['profile']>, language: Language): [Text, string][] {
  const row: [Text, string] = [{ zh: '计分方案', en: 'Scoring profile' }, title[language]];
  if (chosen === null) return [row];
  return [row, [{ zh: '方案由谁选用及理由', en: 'Profile chosen by, and why' }, `${chosen.by.name} ${dateTime(chosen.at)}: ${chosen.reason}`]];
}

const unsigned: Text = { zh: '未签署，企业自评', en: 'unsigned, self-assessed' };

interface Part<Row = never> {
  readonly name: Text;
  readonly rows: readonly Row[];
  readonly columns: readonly ExportColumn<Row>[];
}

/** Only here for the type of the row to be inferred. */
const part = <Row>(declared: Part<Row>): Part => declared as unknown as Part;

function sheetOf({ name, rows, columns }: Part, language: Language): Sheet {
  return {
    name,
    columns: columns.map(([kind, zh, en]) => ({ kind, title: { zh, en } })),
    rows: rows.map((row) => columns.map(([, , , of]) => of(row, language) ?? null)),
  };
}

const allParts = (report: AssessmentReport, language: Language): Part[] => [
  overviewPart(report, language),
  findingsPart(report),
  advicePart(report),
  repairsPart(report),
  evidencePart(report),
  contradictionsPart(report),
  acceptancesPart(report),
  disputesPart(report),
  changesPart(report),
  part({
    name: { zh: '先验', en: 'Priors' },
    rows: report.priors,
    columns: [['prose', '专家判断的参数', 'Numbers that are judgement', (title, language) => title[language]]],
  }),
];

function overviewPart({ subject, score, dimensions, gate, counts, cover, mustFix }: AssessmentReport, language: Language): Part {
  const rows: [Text, Cell][] = [
    [{ zh: '企业', en: 'Firm' }, subject.name],
    [{ zh: '统一社会信用代码', en: 'Credit code' }, subject.creditCode],
    [{ zh: '评分', en: 'Score' }, tenths(score.value)],
    [{ zh: '评分下限', en: 'Low end of the band' }, tenths(score.low)],
    [{ zh: '评分上限', en: 'High end of the band' }, tenths(score.high)],
    [{ zh: '等级', en: 'Grade' }, score.grade],
    [{ zh: '置信度', en: 'Confidence' }, rounded(score.confidence, 2)],
    ...dimensions.flatMap(({ dimension, score: own, weight }): [Text, Cell][] => [
      [{ zh: `维度：${dimensionWords[dimension].zh}`, en: `Dimension: ${dimensionWords[dimension].en}` }, tenths(own)],
      [{ zh: `权重：${dimensionWords[dimension].zh}`, en: `Weight: ${dimensionWords[dimension].en}` }, rounded(weight, 2)],
    ]),
    ...Object.entries(counts).map(([severity, count]): [Text, Cell] => [
      {
        zh: `漏洞（${severityWords[severity as keyof typeof severityWords].zh}）`,
        en: `Findings (${severityWords[severity as keyof typeof severityWords].en})`,
      },
      count,
    ]),
    [{ zh: '合格线', en: 'Pass line' }, gate.passLine],
    [{ zh: '达到投保门槛', en: 'Gate passed' }, gate.passed],
    ...gate.blockers.map((text): [Text, Cell] => [{ zh: '阻断项', en: 'Blocker' }, text[language]]),
    [
      { zh: '整改所计保障的年保费', en: 'Yearly premium of the cover that repairs are valued for' },
      cover === null ? noCover[language] : money(cover.currency, cover.premiumMinor),
    ],
    ...(mustFix == null || cover === null ? [] : togetherRows(mustFix, cover.currency)),
    ...(cover === null ? [] : [[{ zh: '各项整改的价值', en: 'Worths of single repairs' }, aloneNote[language]] as [Text, Cell]]),
  ];
  return part({
    name: { zh: '概览', en: 'Overview' },
    rows,
    columns: [
      ['text', '项目', 'Item', ([name]) => name[language]],
      ['prose', '内容', 'Value', ([, value]) => value],
    ],
  });
}

/** A figure as the screen and the PDF round it, still a number. */
const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
const tenths = (points: number): number => rounded(points, 1);

const aloneNote: Text = {
  zh: '按现行费率逐项单独计算（含税），多项同时完成的效果不等于各项之和',
  en: 'each computed on its own by the tariff in force, VAT included; several together do not simply add up',
};

/** What the repairs that the gate asks for do together. */
const togetherRows = (one: NonNullable<AssessmentReport['mustFix']>, currency: string): [Text, Cell][] => [
  [{ zh: '必须整改项数', en: 'Must-fix repairs' }, one.count],
  [{ zh: '必须整改全部完成后：评分', en: 'All must-fix repairs together: score' }, tenths(one.scoreAfter)],
  [{ zh: '必须整改全部完成后：达到投保门槛', en: 'All must-fix repairs together: gate passed' }, one.gatePassed],
  [{ zh: '必须整改全部完成后：年保费变化', en: 'All must-fix repairs together: change of yearly premium' }, money(currency, one.premiumDelta)],
];

const noCover: Text = { zh: '尚未选择保障', en: 'no cover chosen yet' };

const money = (currency: string, minor: number): Money => ({ currency, minor }) as Money;

const findingsPart = ({ findings, cover, guides }: AssessmentReport): Part =>
  part({
    name: { zh: '发现', en: 'Findings' },
    rows: findings,
    columns: [
      ['text', '严重程度', 'Severity', ({ severity }, language) => severityWords[severity][language]],
      // A weakness without a number of its own is known by its title.
      ['text', '漏洞', 'Weakness', ({ what, title }) => (what.startsWith('finding_') ? title : what)],
      ['prose', '名称', 'Title', ({ title }) => title],
      ['text', '资产', 'Asset', ({ asset }) => asset],
      ['text', '状态', 'State', ({ state }, language) => trackedStateWords[state][language]],
      ['flag', '计入评分', 'Counts', ({ counts }) => counts],
      ['flag', '已知被利用', 'Known exploited', ({ knownExploited }) => knownExploited],
      ['instant', '首次发现', 'First seen', ({ firstSeen }) => firstSeen],
      ['instant', '整改期限', 'Due at', ({ dueAt }) => dueAt],
      ['flag', '逾期', 'Overdue', ({ overdue }) => overdue],
      ['text', '建议类别', 'Class of advice', ({ guide }, language) => guides.find(({ id }) => id === guide)?.title[language]],
      ['number', '整改后评分变化', 'Change of score by repair', ({ worth }) => (worth === null ? null : tenths(worth.scoreDelta))],
      [
        'money',
        '整改后年保费变化',
        'Change of yearly premium by repair',
        ({ worth }) => (cover === null || worth?.premiumDelta == null ? null : money(cover.currency, worth.premiumDelta)),
      ],
      ['text', '工具', 'Tools', ({ tools }) => joined(tools)],
    ],
  });

const platformWords: Readonly<Record<string, Text>> = {
  windows: { zh: 'Windows', en: 'Windows' },
  linux: { zh: 'Linux', en: 'Linux' },
  network: { zh: '网络设备', en: 'Network devices' },
  cloud: { zh: '云与 SaaS', en: 'Cloud and SaaS' },
};

const advicePart = ({ guides }: AssessmentReport): Part =>
  part({
    name: { zh: '整改建议', en: 'Repair advice' },
    rows: guides.flatMap(({ title, advice }) => advice.map((one) => ({ title, ...one }))),
    columns: [
      ['text', '类别', 'Class', ({ title }, language) => title[language]],
      ['text', '平台', 'Platform', ({ platform }, language) => platformWords[platform]![language]],
      ['prose', '建议', 'Advice', (one, language) => one[language]],
    ],
  });

const effortWords: Readonly<Record<AssessmentReport['repairs'][number]['effort'], Text>> = {
  S: { zh: '小（数小时）', en: 'small (hours)' },
  M: { zh: '中（数天）', en: 'medium (days)' },
  L: { zh: '大（数周，需立项）', en: 'large (a project of weeks)' },
};

const repairsPart = ({ repairs, cover }: AssessmentReport): Part =>
  part({
    name: { zh: '整改价值', en: 'Worth of repairs' },
    rows: repairs,
    columns: [
      ['prose', '整改', 'Repair', ({ title }, language) => title[language]],
      ['text', '工作量', 'Effort', ({ effort }, language) => effortWords[effort][language]],
      ['number', '评分变化', 'Change of score', ({ scoreDelta }) => tenths(scoreDelta)],
      ['money', '年保费变化', 'Change of yearly premium', ({ premiumDelta }) => money(cover?.currency ?? 'CNY', premiumDelta)],
    ],
  });

const evidencePart = ({ evidence }: AssessmentReport): Part =>
  part({
    name: { zh: '证据目录', en: 'Evidence' },
    rows: evidence,
    columns: [
      ['text', '类型', 'Kind', ({ kind }, language) => evidenceWords[kind][language]],
      ['prose', '关于', 'About', ({ about }, language) => about[language]],
      ['text', '结果', 'Value', ({ value }, language) => (value === null ? null : answerWords[value][language])],
      ['day', '日期', 'Date', ({ on }) => on],
      ['flag', '日期按上传日计', 'Date is that of the upload', ({ dateAssumed }) => dateAssumed ?? false],
      ['day', '有效期至', 'Counts until', ({ until }) => until],
      ['flag', '已过期', 'Expired', ({ expired }) => expired],
      ['text', '提供者', 'Author', ({ author }) => author],
      ['text', '提交人', 'Given by', ({ by }) => by],
      ['text', 'SHA-256', 'SHA-256', ({ sha256 }) => sha256],
    ],
  });

const contradictionsPart = ({ contradictions }: AssessmentReport): Part =>
  part({
    name: { zh: '矛盾', en: 'Contradictions' },
    rows: contradictions,
    columns: [
      ['prose', '控制措施', 'Control', ({ title }, language) => title[language]],
      ['text', '声明', 'Attested', ({ attested }, language) => answerWords[attested][language]],
      ['day', '声明日期', 'Attested on', ({ on }) => on],
      ['prose', '观测结果', 'Observed', ({ observed }) => joined(observed)],
    ],
  });

const acceptanceStates: Readonly<Record<'in-force' | 'expired' | 'risk-grew', Text>> = {
  'in-force': { zh: '有效', en: 'in force' },
  expired: { zh: '已到期', en: 'expired' },
  'risk-grew': { zh: '风险上升，已失效', en: 'ended: the risk grew' },
};

const acceptancesPart = ({ acceptances }: AssessmentReport): Part =>
  part({
    name: { zh: '已接受的风险', en: 'Accepted risks' },
    rows: acceptances ?? [],
    columns: [
      ['prose', '发现', 'Finding', ({ finding }) => finding],
      ['text', '资产', 'Asset', ({ asset }) => asset],
      ['text', '严重程度', 'Severity', ({ severity }, language) => severityWords[severity][language]],
      ['prose', '接受理由', 'Reason', ({ reason }) => reason],
      ['text', '申请人', 'Asked for by', ({ requestedBy }) => requestedBy],
      ['text', '批准人', 'Approved by', ({ approvedBy }) => approvedBy],
      ['instant', '批准时间', 'Approved at', ({ approvedAt }) => approvedAt],
      ['day', '接受至', 'Accepted until', ({ until }) => until],
      ['text', '状态', 'State', ({ ended }, language) => acceptanceStates[ended ?? 'in-force'][language]],
      ['flag', '仍计入评分', 'Still counts', ({ counts }) => counts],
    ],
  });

const disputesPart = ({ disputes }: AssessmentReport): Part =>
  part({
    name: { zh: '异议', en: 'Disputes' },
    rows: disputes,
    columns: [
      ['prose', '发现', 'Finding', ({ finding }) => finding],
      ['text', '理由', 'Ground', ({ ground }) => ground],
      ['text', '状态', 'State', ({ state }) => state],
      ['text', '提出人', 'By', ({ by }) => by],
      ['instant', '提出时间', 'At', ({ at }) => at],
      ['text', '裁定人', 'Decided by', ({ decidedBy }) => decidedBy],
      ['instant', '裁定时间', 'Decided at', ({ decidedAt }) => decidedAt],
    ],
  });

const changeWords: Readonly<Record<FindingChange['kind'], Text>> = {
  new: { zh: '新增', en: 'new' },
  fixed: { zh: '已修复', en: 'fixed' },
  reopened: { zh: '重新打开', en: 'reopened' },
  changed: { zh: '有变化', en: 'changed' },
  gone: { zh: '随报告撤回', en: 'gone with its report' },
};

const changesPart = ({ comparison }: AssessmentReport): Part =>
  part({
    name: { zh: '两次评估对比', en: 'Comparison' },
    rows: [
      ...(comparison === null ? [] : scoreRows(comparison)),
      ...(comparison?.findings ?? []).map((one) => ({
        kind: changeWords[one.kind],
        title: { zh: one.title, en: one.title },
        before: stateOf(one.from),
        after: stateOf(one.to),
      })),
      ...(comparison?.answers ?? []).map(({ title, before, after }) => ({
        kind: { zh: '回答', en: 'answer' },
        title,
        before: answerWords[before],
        after: answerWords[after],
      })),
    ],
    columns: [
      ['text', '变化', 'Change', ({ kind }, language) => kind[language]],
      ['prose', '事项', 'What', ({ title }, language) => title[language]],
      ['text', '之前', 'Before', ({ before }, language) => before?.[language]],
      ['text', '之后', 'After', ({ after }, language) => after?.[language]],
    ],
  });

const stateOf = (state: FindingChange['from']): Text | null => (state === null ? null : trackedStateWords[state]);

const figure = (points: number): Text => ({ zh: fixed(points, 1), en: fixed(points, 1) });

function scoreRows({ before, after, causes }: NonNullable<AssessmentReport['comparison']>) {
  const tenths = changeInTenths(before.score, after.score, causes);
  return [
    { kind: { zh: '评分', en: 'score' }, title: { zh: '评分', en: 'Score' }, before: figure(before.score), after: figure(after.score) },
    ...(['firm', 'rules', 'time'] as const).map((cause) => ({
      kind: { zh: '原因', en: 'cause' },
      title: causeWords[cause],
      before: null,
      after: figure(tenths[cause] / 10),
    })),
  ];
}

const causeWords: Readonly<Record<'firm' | 'rules' | 'time', Text>> = {
  firm: { zh: '企业自身变化', en: 'What the firm did' },
  rules: { zh: '规则或威胁情报变化', en: 'Other rules or threat feeds' },
  time: { zh: '证据随时间老化', en: 'Evidence growing older' },
};

const dimensionWords: Readonly<Record<AssessmentReport['dimensions'][number]['dimension'], Text>> = {
  firm: { zh: '企业基本信息', en: 'The firm' },
  vulnerabilities: { zh: '漏洞与风险历史', en: 'Vulnerabilities and history' },
  maturity: { zh: '管理成熟度', en: 'Maturity' },
  capability: { zh: '能力完备性', en: 'Capability' },
  operations: { zh: '安全运营', en: 'Operations' },
  industry: { zh: '行业水位', en: 'Industry' },
};
