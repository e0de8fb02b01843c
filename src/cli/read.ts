import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ScannerReport, Severity } from '../domain/assessment/index.ts';
import { Refusal, type Day, type Instant, type Text } from '../domain/basics/index.ts';
import { readEpss, readKev, readWeaknesses, type FeedKind } from '../domain/threats/index.ts';
import { readReportApart, unpackApart } from '../io/reading/index.ts';
import { exitCodes, usageFor, type Command, type World } from './command.ts';
import { inChinese } from './refused-in-chinese.ts';

/** Answers for one file: the report or threat feed that was read, or why nothing was. */
type Answer =
  | {
      readonly file: string;
      readonly format: string;
      readonly records: number;
      readonly findings: number;
      readonly bySeverity: Record<Severity, number>;
      readonly cves: readonly string[];
      readonly assets: number;
    }
  | { readonly file: string; readonly feed: FeedKind; readonly entries: number; readonly version: string | null; readonly date: Day | null }
  | { readonly file: string; readonly refused: { readonly code: string; readonly detail: string; readonly position: string | null } };

/**
 * `riskloop read FILE|FOLDER… [--json] [--lang zh|en]`: reads scanner reports and threat feeds (KEV, EPSS, CWE) without a database. With `--json` one object per file and line, else a table.
 * A folder stands for the files in it, at any depth. An archive (zip, gz) gives one for each of its members, or is refused whole.
 * `cves` are all CVE ids the report names, `assets` counts the assets it looked at. Answers 2 when any file was refused or the words make no sense.
 */
export const read: Command = async (args, world) => {
  const options = optionsOf(args);
  if (options === null) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const answers: Answer[] = [];
  for (const file of options.files.flatMap(filesAt)) {
    for (const answer of await answersFor(file, world.clock())) {
      answers.push(answer);
      if (options.json) world.stdout(`${JSON.stringify(answer)}\n`);
    }
  }
  if (!options.json) printTable(answers, options.language, world);
  return answers.some((answer) => 'refused' in answer) ? exitCodes.badInput : exitCodes.done;
};

const usage = 'riskloop read FILE|FOLDER… [--json] [--lang zh|en]\n';

interface Options {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly language: keyof Text;
}

function optionsOf(args: readonly string[]): Options | null {
  const parsed = parsedWords(args);
  if (parsed === null) return null;
  const { files, json, lang } = parsed;
  return files.length > 0 && (lang === 'zh' || lang === 'en') ? { files, json, language: lang } : null;
}

/** Null when an option is not known. Words after `--` are files, whatever they begin with. */
function parsedWords(args: readonly string[]): { files: string[]; json: boolean; lang: string } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, lang: { type: 'string', default: 'zh' } },
    });
    return { files: positionals, json: values.json, lang: values.lang };
  } catch {
    // parseArgs throws on unknown options and missing values only.
    return null;
  }
}

/** The file, or of a folder the files in it by name; links that lead elsewhere are left alone. */
function filesAt(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** One answer, or for an archive one for each of its files, named `archive!member`. */
async function answersFor(file: string, now: Instant): Promise<readonly Answer[]> {
  try {
    requireFile(file);
    const archive = await unpackApart(file);
    if (archive === null) return [await answerFor(file, file, now)];
    try {
      const answers: Answer[] = [];
      for (const { name, path } of archive.members) answers.push(await answerFor(`${file}!${name}`, path, now));
      return answers;
    } finally {
      archive.discard();
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [refusedBecause(file, error)];
  }
}

function requireFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new Refusal('bad-input', 'file-absent', `there is no file \`${path}\``, { file: path });
}

async function answerFor(file: string, path: string, now: Instant): Promise<Answer> {
  try {
    return summary(file, await readReportApart(path, { now }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return (error.code === 'unknown-scanner-format' ? feedIn(file, path) : null) ?? refusedBecause(file, error);
  }
}

function refusedBecause(file: string, { code, message, facts }: Refusal): Answer {
  const position = facts['position'];
  return { file, refused: { code, detail: message, position: typeof position === 'string' ? position : null } };
}

/** What the file says as a threat feed, or why it is refused as one; null when it is none. */
function feedIn(file: string, path: string): Answer | null {
  const bytes = new Uint8Array(readFileSync(path));
  for (const read of Object.values(feedReaders)) {
    try {
      return { file, ...read([bytes]) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code.startsWith('feed-')) return refusedBecause(file, error);
    }
  }
  return null;
}

type FeedAnswer = Pick<Extract<Answer, { feed: FeedKind }>, 'feed' | 'entries' | 'version' | 'date'>;

const feedReaders: Readonly<Record<FeedKind, (chunks: Iterable<Uint8Array>) => FeedAnswer>> = {
  kev: (chunks) => {
    const { entries, version, date } = readKev(chunks);
    return { feed: 'kev', entries: entries.size, version, date };
  },
  epss: (chunks) => {
    const { scores, model, date } = readEpss(chunks);
    return { feed: 'epss', entries: scores.size, version: model, date };
  },
  cwe: (chunks) => ({ feed: 'cwe', entries: readWeaknesses(chunks).size, version: null, date: null }),
};

function summary(file: string, report: ScannerReport): Answer {
  const bySeverity: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of report.findings) bySeverity[finding.severity]++;
  return {
    file,
    format: report.format,
    records: report.records,
    findings: report.findings.length,
    bySeverity,
    cves: report.cvesNamed,
    assets: report.assets.length,
  };
}

const columns: readonly Text[] = [
  { zh: '文件', en: 'file' },
  { zh: '格式', en: 'format' },
  { zh: '记录', en: 'records' },
  { zh: '发现', en: 'findings' },
  { zh: '严重', en: 'critical' },
  { zh: '高', en: 'high' },
  { zh: '中', en: 'medium' },
  { zh: '低', en: 'low' },
  { zh: '提示', en: 'info' },
  { zh: 'CVE', en: 'CVEs' },
  { zh: '资产', en: 'assets' },
];

const feedNames: Readonly<Record<FeedKind, Text>> = {
  kev: { zh: '已知被利用漏洞目录（KEV）', en: 'catalogue of known exploited vulnerabilities (KEV)' },
  epss: { zh: '漏洞利用预测评分（EPSS）', en: 'exploit prediction scores (EPSS)' },
  cwe: { zh: '弱点目录（CWE）', en: 'catalogue of weaknesses (CWE)' },
};

function feedLine({ file, feed, entries, version, date }: Extract<Answer, { feed: FeedKind }>, language: keyof Text): string {
  const more = [version, date].filter((part) => part !== null).join(', ');
  const name = feedNames[feed][language];
  return language === 'zh' ? `${file}：${name}，${entries} 条${more && `，${more}`}` : `${file}: ${name}, ${entries} entries${more && `, ${more}`}`;
}

const refusedWord: Text = { zh: '拒绝', en: 'refused' };

function printTable(answers: readonly Answer[], language: keyof Text, world: World): void {
  const rows = answers
    .filter((answer) => 'format' in answer)
    .map((a) => [a.file, a.format, a.records, a.findings, ...Object.values(a.bySeverity), a.cves.length, a.assets].map(String));
  if (rows.length > 0) world.stdout(`${alignedTable([columns.map((c) => c[language]), ...rows])}\n`);
  for (const answer of answers) if ('feed' in answer) world.stdout(`${feedLine(answer, language)}\n`);
  for (const answer of answers) if ('refused' in answer) world.stderr(`${refusedLine(answer, language)}\n`);
}

/** In Chinese the sentence, and the detail, which names values, below it. */
function refusedLine({ file, refused: { code, detail, position } }: Extract<Answer, { refused: unknown }>, language: keyof Text): string {
  const sentence = language === 'zh' ? inChinese(code, { position }) : null;
  const head = `${refusedWord[language]} ${file}`;
  return sentence === null ? `${head}: ${detail} [${code}]` : `${head}：${sentence} [${code}]\n  ${detail}`;
}

/** Words left, numbers right; Chinese characters take two places on a terminal. */
function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => terminalWidth(row[column]!))));
  return rows
    .map((row) =>
      row
        .map((cell, column) => aligned(cell, widths[column]!, column >= 2))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function aligned(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - terminalWidth(cell));
  return right ? space + cell : cell + space;
}

const terminalWidth = (text: string): number =>
  [...text].reduce((width, character) => width + (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1), 0);
