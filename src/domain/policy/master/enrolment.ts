import { dayAfter, dayOf, hashText, Refusal, type Day, type FieldFault, type Instant, type Text } from '../../basics/index.ts';
import { PrintedName, creditCodeIsValid, tidyCreditCode } from '../../parties/index.ts';
import { CsvReader, readingLimits, unreadable, type CsvRow } from '../../readers/index.ts';
import type { MasterPolicy, MemberCertificate } from './model.ts';

/** One thing wrong with one row. `row` counts as a spreadsheet does: the header is row 1. */
export interface EnrolmentFault {
  readonly row: number;
  readonly column: 'name' | 'credit_code' | 'limit' | 'from';
  readonly code: string;
  readonly text: Text;
}

/** A firm as a row names it. */
export interface EnrolmentRow {
  readonly row: number;
  readonly member: string;
  readonly creditCode: string;
  readonly limitMinor: number;
  readonly from: Day;
}

/** What a file would do: certificates to issue, firms that have theirs already, and what is wrong. Nothing is issued while anything is wrong. */
export interface Enrolment {
  readonly issue: readonly EnrolmentRow[];
  readonly unchanged: readonly EnrolmentRow[];
  readonly faults: readonly EnrolmentFault[];
}

const columns = {
  name: ['name', '企业名称', '名称'],
  credit_code: ['credit_code', '统一社会信用代码'],
  limit: ['limit', '限额'],
  from: ['from', '起保日'],
} as const;
type Column = keyof typeof columns;

const headerRow = 1;
const mostRows = 5_000;
const texts = {
  'column-missing': { zh: '缺少这一列', en: 'this column is missing' },
  'column-twice': { zh: '这一列出现了两次（中英文列名算同一列）', en: 'this column stands there twice (its Chinese and English names are one column)' },
  'name-missing': { zh: '没有企业名称，或超过 200 字', en: 'the name is missing or longer than 200 characters' },
  'name-unprintable': {
    zh: '企业名称没有文字，或含有不可见、控制或改变文字方向的字符',
    en: 'the name has no letter, or has invisible, control or direction characters',
  },
  'credit-code-wrong': { zh: '统一社会信用代码不正确（18 位，含校验码）', en: 'the credit code is not right (18 characters with its check character)' },
  'limit-unreadable': { zh: '限额不是以元为单位、最多两位小数的金额', en: 'the limit is no amount in yuan with two decimals at most' },
  'limit-too-high': { zh: '限额高于每家成员的上限', en: 'the limit is above the most for one member' },
  'day-unreadable': { zh: '起保日不是 YYYY-MM-DD 格式的日期', en: 'the first day is no date of the form YYYY-MM-DD' },
  'day-backdated': { zh: '起保日须在今天之后', en: 'the first day must be after today' },
  'day-outside': { zh: '起保日不在总保单的保险期间内', en: 'the first day is outside the period of the master policy' },
  'firm-twice': { zh: '同一企业在文件中出现两次', en: 'the same firm stands in the file twice' },
  'enrolled-otherwise': {
    zh: '该企业已有凭证，但名称、限额或起保日不同；请先终止原凭证',
    en: 'the firm has a certificate with another name, limit or first day: end that one first',
  },
  'too-many-rows': { zh: `一次最多 ${mostRows} 行`, en: `at most ${mostRows} rows at once` },
} satisfies Record<string, Text>;
type Code = keyof typeof texts;

const fault = (row: number, column: Column, code: Code): EnrolmentFault => ({ row, column, code, text: texts[code] });

/**
 * Reads a list of firms (CSV with the columns name, credit_code, limit in yuan, and optionally from; or their Chinese names) against those enrolled.
 * A row that says what is so already changes nothing, so that the same file can be handed in again. Throws a Refusal `malformed-csv` and the like for
 * a file that is no table, and `table-undecodable` where a wrong decoder has put its mark in the place of letters.
 */
export function readEnrolment(text: string, master: MasterPolicy, enrolled: readonly MemberCertificate[], now: Instant): Enrolment {
  requireDecoded(text);
  const known = new Map(enrolled.filter(({ state }) => state === 'issued').map((one) => [one.creditCode, one]));
  const seen = new Set<string>();
  const issue: EnrolmentRow[] = [];
  const unchanged: EnrolmentRow[] = [];
  const faults: EnrolmentFault[] = [];
  let rows = 0;
  const take = (cells: CsvRow) => {
    rows += 1;
    // A column that is missing or stands there twice would be told again at each row.
    if (faults[0]?.row === headerRow) return;
    if (rows === mostRows + 1) faults.push(fault(cells.number, 'name', 'too-many-rows'));
    if (rows > mostRows) return;
    const { row, wrong, dayGiven } = readRow(cells, master, now, known);
    const standing = known.get(row.creditCode);
    if (wrong.length === 0 && seen.has(row.creditCode)) wrong.push(fault(row.row, 'credit_code', 'firm-twice'));
    seen.add(row.creditCode);
    if (wrong.length === 0 && standing && !isSame(row, standing, dayGiven)) wrong.push(fault(row.row, 'credit_code', 'enrolled-otherwise'));
    faults.push(...wrong);
    if (wrong.length === 0) (standing ? unchanged : issue).push(row);
  };
  const reader = new CsvReader({ limits: readingLimits, onHeader: (names) => faults.push(...wrongColumns(names)), onRow: take });
  reader.write(text.replace(/^\uFEFF/, ''));
  reader.close();
  return { issue, unchanged, faults };
}

function requireDecoded(text: string): void {
  const at = text.indexOf('\uFFFD');
  if (at < 0) return;
  const row = text.slice(0, at).split('\n').length;
  throw unreadable('table-undecodable', 'letters that were lost when the file was decoded', String(row), { row });
}

/** Columns that are missing, and those of which nobody can say which one counts. */
const wrongColumns = (names: readonly string[]): EnrolmentFault[] =>
  (['name', 'credit_code', 'limit', 'from'] as const).flatMap((column) => {
    const known: readonly string[] = columns[column];
    const given = names.filter((one) => known.includes(one)).length;
    if (given > 1) return [fault(headerRow, column, 'column-twice')];
    return given === 0 && column !== 'from' ? [fault(headerRow, column, 'column-missing')] : [];
  });

const isSame = (row: EnrolmentRow, { member, limitMinor, from }: MemberCertificate, dayGiven: boolean): boolean =>
  row.member === member && row.limitMinor === limitMinor && (!dayGiven || row.from === from);

function readRow(cells: CsvRow, master: MasterPolicy, now: Instant, known: ReadonlyMap<string, MemberCertificate>) {
  const of = (column: Column): string =>
    cells
      .cell(...columns[column])
      .normalize('NFKC')
      .trim();
  const wrong: EnrolmentFault[] = [];
  const blame = (column: Column, code: Code | null) => code !== null && wrong.push(fault(cells.number, column, code));
  // As registered: a legal name keeps its full-width brackets.
  const member = cells.cell(...columns.name).trim();
  blame('name', member === '' || member.length > 200 ? 'name-missing' : PrintedName.safeParse(member).success ? null : 'name-unprintable');
  const creditCode = tidyCreditCode(of('credit_code'));
  blame('credit_code', creditCodeIsValid(creditCode) ? null : 'credit-code-wrong');
  const limitMinor = yuanOf(of('limit'));
  blame('limit', limitMinor === null ? 'limit-unreadable' : limitMinor > master.memberLimitMinor ? 'limit-too-high' : null);
  const given = of('from');
  const from = given === '' ? earliestDay(master, now) : given;
  // A firm that is enrolled keeps its first day, which may lie in the past by now.
  blame('from', known.get(creditCode)?.from === from ? null : dayWrong(from, master, now));
  return { row: { row: cells.number, member, creditCode, limitMinor: limitMinor ?? 0, from }, wrong, dayGiven: given !== '' };
}

/** Yuan with at most two decimals, thousands separated or not; null for anything else and for nothing at all. */
function yuanOf(text: string): number | null {
  if (!/^(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?$/.test(text)) return null;
  const [whole, part = ''] = text.replaceAll(',', '').split('.') as [string, string?];
  const minor = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return minor > 0 ? minor : null;
}

/** The first day that a firm enrolled now can have: the day after today, or the first of the policy. */
const earliestDay = ({ period }: MasterPolicy, now: Instant): Day => [dayAfter(now), dayOf(period.from)].sort().at(-1)!;

function dayWrong(from: Day, { period }: MasterPolicy, now: Instant): Code | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(from) && !Number.isNaN(Date.parse(from)) && new Date(Date.parse(from)).toISOString().startsWith(from);
  if (!isDay) return 'day-unreadable';
  if (from < dayOf(period.from) || from >= dayOf(period.to)) return 'day-outside';
  return from <= dayOf(now) ? 'day-backdated' : null;
}

/**
 * The certificates that a file without faults issues. Throws a Refusal `enrolment-faulty` that lists every row that is wrong; nothing is issued then.
 */
export function enrolMembers(master: MasterPolicy, record: string, { issue, faults }: Enrolment, act: { at: Instant; by: string }): MemberCertificate[] {
  if (faults.length > 0) {
    const listed = faults
      .slice(0, 200)
      .map(({ row, column, code, text }): FieldFault => ({ path: `row ${row}.${column}`, code, message: `${text.zh} ${text.en}` }));
    throw new Refusal('bad-input', 'enrolment-faulty', `${faults.length} faults in the file; nobody was enrolled`, { faults: faults.length }, listed);
  }
  return issue.map(({ member, creditCode, limitMinor, from }) => ({
    ...{ master: record, number: certificateNumber(master, creditCode, act.at), state: 'issued' as const, member, creditCode, currency: master.currency },
    ...{ limitMinor, from, to: dayOf(master.period.to), issuedAt: act.at, issuedBy: act.by, ended: null },
  }));
}

/** The number of the policy with ten digits of the firm and the moment, so that a firm that comes back has another one. */
function certificateNumber({ policyNumber }: MasterPolicy, creditCode: string, at: Instant): string {
  const digits = (BigInt(`0x${hashText(`certificate of ${policyNumber} ${creditCode} ${at}`).slice(0, 16)}`) % 10n ** 10n).toString().padStart(10, '0');
  return `${policyNumber}-${digits}`;
}
