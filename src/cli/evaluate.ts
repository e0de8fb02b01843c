import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CsvError, parse } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { Refusal, type Language } from '../domain/basics/index.ts';
import {
  buildMetrics,
  readCompared,
  readMembers,
  readPairs,
  readWatched,
  studyCompared,
  studyGroups,
  studyPage,
  studyPairs,
  studyWatched,
  usualSettings,
  type Caveat,
  type Metric,
  type RawRow,
  type StudyReport,
  type StudySettings,
} from '../domain/evaluation/index.ts';
import { tableText } from '../domain/readers/index.ts';
import { exitCodes, type Command, type World } from './command.ts';

const usage =
  'usage: riskloop evaluate --design paired|groups|did|survival --data F.csv [--metric ID] [--seed N] [--lang zh|en] [--json]\n  columns: paired unit,before,after · groups unit,group,value[,exposure] · did unit,group,period,value · survival unit[,cluster][,group],time,event';

/** About a million rows, which take 1 to 2 GB while they are read. Larger tables belong into a study on the system's own records. */
const maxBytes = 48 * 1024 * 1024;

/** Designs that a table alone can carry; the others need the panel of the system's own records. */
const tableDesigns = ['paired', 'groups', 'did', 'survival'] as const;
type TableDesign = (typeof tableDesigns)[number];

interface Wanted {
  readonly design: TableDesign;
  readonly data: string;
  readonly metric: string | undefined;
  readonly seed: number;
  readonly language: Language;
}

/** Columns that a table must have for each design. */
const columns: Record<TableDesign, readonly string[]> = {
  paired: ['unit', 'before', 'after'],
  groups: ['unit', 'group', 'value'],
  did: ['unit', 'group', 'period', 'value'],
  survival: ['unit', 'time', 'event'],
};

/** How a table of each design becomes a report. */
const studies: Record<TableDesign, (rows: readonly RawRow[], settings: StudySettings) => StudyReport> = {
  paired: (rows, settings) => studyPairs(readPairs(rows), settings),
  groups: (rows, settings) => studyGroups(readMembers(rows), settings),
  did: (rows, settings) => studyCompared(readCompared(rows), settings),
  survival: (rows, settings) => studyWatched(readWatched(rows), settings),
};

/**
 * `riskloop evaluate`: a study of somebody's CSV, without a database. Prints the report as text, or with `--json` as one JSON object; a table that cannot
 * be studied is answered with what is wrong and where (exit 2), a study that the design forbids with the rule (exit 3).
 */
export const evaluate: Command = async (args, world) => {
  const asJson = args.includes('--json');
  try {
    const wanted = readArguments(args);
    const report = study(wanted);
    world.stdout(asJson ? `${JSON.stringify(report)}\n` : studyPage(report, wanted.language));
    return exitCodes.done;
  } catch (error) {
    if (error instanceof Refusal) return answerRefusal(error, asJson, world);
    throw error;
  }
};

function answerRefusal({ kind, code, message, facts }: Refusal, asJson: boolean, world: World): number {
  if (asJson) world.stdout(`${JSON.stringify({ refused: { code, detail: message, facts } })}\n`);
  world.stderr(`${code}: ${message}\n`);
  return kind === 'rule' ? exitCodes.refused : exitCodes.badInput;
}

function readArguments(args: readonly string[]): Wanted {
  const { design, data, metric, seed, lang } = parsed(args);
  const known = tableDesigns.find((one) => one === design);
  if (known === undefined) throw badUsage(`\`--design\` must be one of ${tableDesigns.join(', ')}`);
  if (data === undefined) throw badUsage('`--data` names the CSV file');
  if (lang !== 'zh' && lang !== 'en') throw badUsage('`--lang` must be zh or en');
  if (!/^\d{1,15}$/.test(seed)) throw badUsage('`--seed` must be a whole number of at most 15 digits');
  return { design: known, data, metric, seed: Number(seed), language: lang };
}

function parsed(args: readonly string[]): { design?: string; data?: string; metric?: string; seed: string; lang: string } {
  const options = {
    design: { type: 'string' },
    data: { type: 'string' },
    metric: { type: 'string' },
    seed: { type: 'string', default: '1' },
    lang: { type: 'string', default: 'zh' },
    json: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw badUsage((error as Error).message);
  }
}

const badUsage = (what: string): Refusal => new Refusal('bad-input', 'bad-usage', `${what}\n${usage}`);

function study({ design, data, metric, seed }: Wanted): StudyReport {
  const rows = readTable(data, columns[design]);
  const known = metric === undefined ? undefined : metricNamed(metric);
  const report = studies[design](rows, { ...usualSettings, seed, ...(known === undefined ? {} : { subject: known }) });
  return metric !== undefined && known === undefined ? { ...report, caveats: [...report.caveats, unknownMetric(metric)] } : report;
}

const unknownMetric = (id: string): Caveat => ({
  code: 'unknown-metric',
  text: {
    zh: `指标目录中没有“${id}”，因此不知道它的单位、方向以及是否为承保条件。`,
    en: `The catalogue has no metric \`${id}\`: its unit, its direction and whether the gate forces it are unknown.`,
  },
});

function metricNamed(id: string): Metric | undefined {
  const folder = fileURLToPath(new URL('../../content/metrics', import.meta.url));
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
    : [];
  const { value, problems } = buildMetrics(
    names.map((name) => ({ path: `content/metrics/${name}`, data: parseYaml(readFileSync(join(folder, name), 'utf8')) as unknown })),
  );
  if (value === null) throw new Refusal('bad-input', 'content-invalid', problems.map(({ file, at, message }) => `${file} ${at}: ${message}`).join('\n'));
  return value.get(id);
}

function readTable(path: string, needed: readonly string[]): readonly RawRow[] {
  const records = readRecords(textOf(path));
  const header = (records[0]?.record ?? []).map((name) => name.trim().toLowerCase());
  const missing = needed.filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new Refusal(
      'bad-input',
      'missing-column',
      `the table has no column ${missing.map((name) => `\`${name}\``).join(', ')}; it has ${namesText(header)}${header.length === 1 && /[;\t]/.test(header[0]!) ? '; columns must be separated by commas' : ''}`,
      { position: 1, missing: missing.join(',') },
    );
  const isRead = (name: string): boolean => needed.includes(name) || optionalColumns.includes(name);
  const repeated = header.find((name, i) => isRead(name) && header.indexOf(name) !== i);
  if (repeated !== undefined)
    throw new Refusal('bad-input', 'repeated-column', `the table has the column \`${repeated}\` twice`, { position: 1, field: repeated });
  const read = header.flatMap((name, at) => (isRead(name) ? [[name, at] as const] : []));
  return records.slice(1).map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(read.map(([name, at]) => [name, record[at] ?? ''])),
    ...unusable(record, header.length),
  }));
}

/** A row of commas, as spreadsheet programs leave them, and a row whose values cannot be told to columns, as a decimal comma makes them. */
function unusable(record: readonly string[], columns: number): Pick<RawRow, 'unusable'> {
  const isBlank = (cell: string): boolean => cell.trim() === '';
  if (record.every(isBlank)) return { unusable: 'empty-row' };
  return record.slice(columns).every(isBlank) ? {} : { unusable: 'surplus-cells' };
}

/** Columns that a design reads when the table has them; all others are passed over. */
const optionalColumns: readonly string[] = ['group', 'exposure', 'cluster'];

/** The first names of a header, cut where they are too long to be told. */
function namesText(header: readonly string[]): string {
  if (header.length === 0) return 'none';
  const shown = header.slice(0, 12).map((name) => `\`${name.length > 40 ? `${name.slice(0, 40)}…` : name}\``);
  return `${shown.join(', ')}${header.length > shown.length ? ` and ${header.length - shown.length} more` : ''}`;
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function readRecords(text: string): readonly CsvRecord[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError)
      throw new Refusal('unreadable', 'not-csv', `${error.message.slice(0, 1).toLowerCase()}${error.message.slice(1)}`, {
        position: Number(error['lines'] ?? 0),
      });
    throw error;
  }
}

function textOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) throw new Refusal('bad-input', 'file-not-found', `no file \`${path}\``);
  if (found.size > maxBytes) throw new Refusal('too-large', 'file-too-large', `\`${path}\` is larger than ${maxBytes} bytes`, { bytes: found.size });
  const bytes = readFileSync(path);
  return requireText(tableText(bytes) ?? refuseText(path), path);
}

/** Control characters, and marks that turn the reading direction round: no table needs them, and they would reach the reader's terminal with the names of units. */
const steering = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Refuses a text that could steer a terminal, or is none. */
function requireText(text: string, path: string): string {
  const at = text.search(steering);
  if (at < 0) return text;
  const line = text.slice(0, at).split('\n').length;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw new Refusal(
    'unreadable',
    'not-text',
    `\`${path}\` is not plain text: line ${line} holds the control character U+${code}; save the table as CSV UTF-8`,
    { position: line },
  );
}

function refuseText(path: string): never {
  throw new Refusal('unreadable', 'not-utf-8', `\`${path}\` is neither UTF-8 nor GB18030 text; save the table as CSV UTF-8`);
}
