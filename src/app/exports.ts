import { z } from 'zod';
import type { AnswerValue, EvidenceKind, Severity, TrackedState } from '../domain/assessment/index.ts';
import { Language, type Money, type Text } from '../domain/basics/index.ts';
import { dateTime, day } from '../domain/notation/index.ts';
import type { Cell, ColumnKind } from '../io/interfaces.ts';
import { operation, type Context, type Operation } from './operation.ts';

/**
 * A column of a list when it is exported: what it holds, its name in Chinese and in English, and how it is read from a row, in the language that was
 * asked for where it is words.
 */
export type ExportColumn<Row> = readonly [kind: ColumnKind, zh: string, en: string, of: (row: Row, language: Language) => Cell | undefined];

interface Exported<Input, Output, Row> {
  readonly rows: (output: Output) => readonly Row[];
  readonly columns: readonly ExportColumn<Row>[];
  /** What to ask for after this page, null when it was the last; only for lists that page in a way of their own. */
  readonly following?: (output: Output) => Partial<Input> | null;
}

type Fields = Readonly<Record<string, unknown>>;

const pageRows = 200;
const paging = ['after', 'offset', 'limit'] as const;
const ExportedFile = z.strictObject({ file: z.string(), mediaType: z.string(), name: z.string() });

/**
 * The export of a list operation: all its rows under the same filters and in the same order, as CSV or XLSX.
 * It takes what the list takes (but for the page), needs the permission that the list needs, and lies under `/exports` + the list's address.
 */
export function exportOf<I extends z.ZodObject, O extends z.ZodType, Row>(list: Operation<I, O>, exported: Exported<z.infer<I>, z.infer<O>, Row>): Operation {
  return operation({
    name: list.name.replace(/^list/, 'export'),
    exports: list.name,
    module: list.module,
    summary: { zh: `导出${list.summary.zh}`, en: `Export as CSV or XLSX: ${list.summary.en}` },
    who: list.who,
    input: exportInput(list.input),
    output: ExportedFile,
    http: { ...list.http!, path: `/exports${list.http!.path}`, status: 200, body: 'document' },
    effect: 'read',
    run: (context, input) => writeList(context, list as unknown as Operation, exported as Exported<Fields, unknown, unknown>, input),
  }) as unknown as Operation;
}

/** The filters of a list with the choice of file. */
function exportInput(input: z.ZodObject) {
  const filters = Object.fromEntries(Object.entries(input.shape).filter(([field]) => !(paging as readonly string[]).includes(field)));
  return z.strictObject({
    ...filters,
    format: z.enum(['csv', 'xlsx']).default('xlsx'),
    language: Language.default('zh'),
    /** Whether the file says what it is: who made it, when, with which filters. */
    about: z.boolean().default(true),
  });
}

async function writeList(
  context: Context,
  list: Operation,
  exported: Exported<Fields, unknown, unknown>,
  input: unknown,
): Promise<z.infer<typeof ExportedFile>> {
  const { format, language, about, ...filters } = input as { format: 'csv' | 'xlsx'; language: Language; about: boolean } & Fields;
  const rows = cellsOf(rowsOf(context, list, exported, filters), exported.columns, language);
  const name = { zh: list.summary.zh, en: nameInEnglish(list) };
  const said = about ? await saidAbout(context, list, filters, language) : [];
  const columns = exported.columns.map(([kind, zh, en]) => ({ kind, title: { zh, en } }));
  const { bytes, mediaType } = await context.spreadsheets.write({ format, language, about: said, madeAt: context.now, sheets: [{ name, columns, rows }] });
  await context.announce({ list: list.name, format, filters: JSON.stringify(filters).slice(0, 500) });
  return { file: Buffer.from(bytes).toString('base64'), mediaType, name: `${name[language]}-${day(context.now)}.${format}` };
}

/** `listTrackedFindings` → `tracked findings`. */
const nameInEnglish = ({ name }: Operation): string =>
  name
    .replace(/^list/, '')
    .replace(/(?!^)([A-Z])/g, ' $1')
    .toLowerCase();

async function* cellsOf(rows: AsyncIterable<unknown>, columns: readonly ExportColumn<unknown>[], language: Language): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield columns.map(([, , , of]) => of(row, language) ?? null);
}

/** All rows of a list, page after page. A list that pages by offset holds all its rows anyway and is asked once. */
async function* rowsOf(context: Context, list: Operation, { rows, following }: Exported<Fields, unknown, unknown>, filters: Fields): AsyncGenerator<unknown> {
  const { shape } = list.input as z.ZodObject;
  const limit = 'limit' in shape ? { limit: 'offset' in shape ? Number.MAX_SAFE_INTEGER : pageRows } : {};
  for (let next: Fields | null = {}; next !== null;) {
    const output: unknown = await list.run(context, { ...filters, ...limit, ...next } as never);
    yield* rows(output);
    next = following ? following(output) : afterOf(output);
  }
}

function afterOf(output: unknown): Fields | null {
  const { next } = output as { next?: string | null };
  return next === undefined || next === null ? null : { after: next };
}

/** What a filter of a list is called to those who read its export. */
export const filterWords: Readonly<Record<string, Text>> = {
  assessment: { zh: '评估编号', en: 'assessment' },
  asset: { zh: '资产编号', en: 'asset' },
  before: { zh: '此序号之前', en: 'before entry' },
  cover: { zh: '保障', en: 'cover' },
  label: { zh: '整改标签', en: 'repair label' },
  master: { zh: '总保单编号', en: 'master policy' },
  policy: { zh: '保单编号', en: 'policy' },
  queue: { zh: '队列', en: 'queue' },
  quote: { zh: '报价编号', en: 'quote' },
  severity: { zh: '严重程度', en: 'severity' },
  state: { zh: '状态', en: 'state' },
  text: { zh: '包含文字', en: 'text' },
};

function filterName(field: string): Text {
  const { zh, en } = filterWords[field] ?? { zh: field, en: field };
  return { zh: `筛选：${zh}`, en: `Filter: ${en}` };
}

async function saidAbout({ actor, members, content, now }: Context, { summary }: Operation, filters: Fields, language: Language): Promise<[Text, string][]> {
  const organisation = (await members.membershipsOf(actor.user)).find((one) => one.organisation === actor.organisation)?.organisationName ?? actor.organisation;
  const chosen = Object.entries(filters).filter(([, value]) => value !== undefined);
  return [
    [{ zh: '列表', en: 'List' }, summary[language]],
    [{ zh: '机构', en: 'Organisation' }, organisation],
    [{ zh: '导出人', en: 'Exported by' }, actor.name],
    [{ zh: '导出时间（北京时间）', en: 'Exported at (Beijing time)' }, dateTime(now)],
    ...chosen.map(([field, value]): [Text, string] => [filterName(field), typeof value === 'string' ? value : JSON.stringify(value)]),
    ...(chosen.length > 0 ? [] : [[{ zh: '筛选', en: 'Filters' }, '--'] as [Text, string]]),
    [{ zh: '费率版本', en: 'Ratebook' }, content.ratebooks.at(-1)!.file.version],
    [{ zh: '评估规则版本', en: 'Assessment rules' }, content.assessmentBasis.controls.version],
  ];
}

/** An amount for a column of kind `money`. */
export const amount = (currency: string, minor: number | null): Money | null => (minor === null ? null : ({ currency, minor } as Money));

/** Several values in one cell. */
export const joined = (values: readonly (string | number)[]): string => values.join('; ');

export const severityWords: Readonly<Record<Severity, Text>> = {
  critical: { zh: '严重', en: 'critical' },
  high: { zh: '高', en: 'high' },
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
  info: { zh: '提示', en: 'info' },
};

export const answerWords: Readonly<Record<AnswerValue, Text>> = {
  yes: { zh: '是', en: 'yes' },
  partly: { zh: '部分', en: 'partly' },
  no: { zh: '否', en: 'no' },
  unknown: { zh: '未知', en: 'unknown' },
  'not-applicable': { zh: '不适用', en: 'not applicable' },
};

export const evidenceWords: Readonly<Record<EvidenceKind, Text>> = {
  observed: { zh: '扫描观测', en: 'observed by scan' },
  verified: { zh: '评估机构核实', en: 'verified' },
  telemetry: { zh: '产品遥测', en: 'telemetry' },
  document: { zh: '文件', en: 'document' },
  'self-declared': { zh: '企业自述', en: 'self-declared' },
};

export const trackedStateWords: Readonly<Record<TrackedState, Text>> = {
  open: { zh: '待整改', en: 'open' },
  'fix-claimed': { zh: '已声明修复', en: 'fix claimed' },
  fixed: { zh: '已验证修复', en: 'fixed' },
  'risk-accepted': { zh: '风险接受', en: 'risk accepted' },
  'false-positive': { zh: '误报', en: 'false positive' },
  'out-of-scope': { zh: '不在范围', en: 'out of scope' },
};
