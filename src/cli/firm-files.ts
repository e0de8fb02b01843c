import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import {
  Answers,
  requireReadableAssets,
  scanOf,
  scopeOf,
  standings,
  type AssessmentInput,
  type AssessmentRules,
  type Reading,
} from '../domain/assessment/index.ts';
import { Refusal, dayOf, type Instant, type Language } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { FirmProfile, requirePastLosses } from '../domain/parties/index.ts';
import { buildOutlook, readEpss, readKev, type ThreatOutlook } from '../domain/threats/index.ts';
import { readReportApart } from '../io/reading/index.ts';
import { fieldFault } from './field-faults.ts';

/** The files that `assess` and `quote` take, as the words of the command name them. */
export interface FirmFiles {
  readonly profile: string;
  readonly answers: string;
  readonly reports: readonly string[];
  readonly cover: string | null;
  readonly kev: string | null;
  readonly epss: string | null;
  readonly json: boolean;
  readonly language: Language;
}

/** What of the insurer's paper reports are read under. */
interface Paper {
  readonly outlook: ThreatOutlook;
  readonly assessmentBasis: AssessmentRules;
}

const largestInput = 4 * 1024 * 1024;
const largestFeed = 256 * 1024 * 1024;

/** Reads the words of `assess` and `quote`; null when they make no sense. `withCover` asks for `--package` as well. */
export function readWords(args: readonly string[], { withCover }: { withCover: boolean }): FirmFiles | null {
  const values = valuesOf(args);
  if (values === null || values.profile === undefined || values.answers === undefined) return null;
  if (values.lang !== 'zh' && values.lang !== 'en') return null;
  if ((values.package !== undefined) !== withCover) return null;
  const { profile, answers, report = [], json, lang } = values;
  return { profile, answers, reports: report, cover: values.package ?? null, kev: values.kev ?? null, epss: values.epss ?? null, json, language: lang };
}

function valuesOf(args: readonly string[]) {
  const one = { type: 'string' } as const;
  const options = {
    profile: one,
    answers: one,
    package: one,
    kev: one,
    epss: one,
    report: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    lang: { type: 'string', default: 'zh' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    // parseArgs throws on unknown options and missing values only.
    return null;
  }
}

/**
 * Reads everything that an assessment is made on. The given outlook is used unless `--kev` or `--epss` name files; then those alone count. Findings count as the portal
 * counts them where nobody has decided anything: what a later report of the same tool looked for again and no longer shows is settled.
 * Throws a Refusal that names the file and the place in it for anything that cannot be read whole.
 */
export async function readAssessmentInput(files: FirmFiles, paper: Paper, now: Instant): Promise<AssessmentInput> {
  const firm = readData(files.profile, FirmProfile);
  requirePastLosses(firm, dayOf(now));
  requireReadableAssets(firm);
  const answers = readData(files.answers, Answers);
  const readings = await readReadings(files, now);
  const outlook = await readOutlook(files, paper.outlook);
  const { findings } = standings(readings, () => [], { scope: scopeOf(firm.assets), outlook, now, numbers: paper.assessmentBasis.parameters.values });
  return { firm, answers, findings, scans: readings.map(({ scan }) => scan), outlook, now };
}

async function readReadings({ reports }: FirmFiles, now: Instant): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const path of reports) {
    const report = await namingFile(path, () => readReportApart(path, { now }));
    readings.push({ report: path, scan: scanOf(report, now), findings: report.findings });
  }
  return readings;
}

/** Reads a YAML or JSON file of the given shape. Throws a Refusal that names the file and the field. */
export const readDataFile = <T>(path: string, shape: z.ZodType<T>): T => readData(path, shape);

/** Reads the cover that is asked for. */
export const readCover = (path: string): RequestedCover => readData(path, RequestedCover);

async function readOutlook({ kev, epss }: FirmFiles, outlook: ThreatOutlook): Promise<ThreatOutlook> {
  if (kev === null && epss === null) return outlook;
  const listed = kev === null ? null : await namingFile(kev, () => readKev([unpacked(kev)]));
  const scores = epss === null ? null : await namingFile(epss, () => readEpss([unpacked(epss)]));
  return buildOutlook({ kev: listed, epss: scores });
}

/** A feed's bytes, unpacked when its name ends in `.gz`, up to `most` bytes. Throws a Refusal `archive-damaged` or `file-too-large`. */
export function unpacked(path: string, most: number = largestFeed): Uint8Array {
  const bytes = readLimited(path, most);
  if (!path.endsWith('.gz')) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('too-large', 'file-too-large', `\`${path}\` unpacks to more than ${most} bytes`, { file: path, limit: most });
    throw new Refusal('unreadable', 'archive-damaged', `\`${path}\` is damaged or no gzip file`, { file: path });
  }
}

/** YAML or JSON of one shape. Text is UTF-8; aliases are limited, so that a small file cannot grow large, and none leads back into itself, as no end of it could be read. */
function readData<S extends z.ZodType>(path: string, schema: S): z.output<S> {
  const data = parseText(path, readLimited(path, largestInput));
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => fieldFault(issue, data));
  const many = faults.length === 1 ? '1 field does' : `${faults.length} fields do`;
  throw new Refusal('bad-input', 'invalid-input', `in \`${path}\` ${many} not fit`, { file: path, field: faults[0]!.path, faults: faults.length }, faults);
}

function parseText(path: string, bytes: Uint8Array): unknown {
  try {
    const data: unknown = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { maxAliasCount: 20 });
    if (holdsItself(data)) throw new TypeError('an alias leads back into itself');
    return data;
  } catch (error) {
    const position = error instanceof YAMLParseError && error.linePos ? `${error.linePos[0].line}:${error.linePos[0].col}` : null;
    throw new Refusal('bad-input', 'unreadable-input', `\`${path}\` is neither YAML nor JSON in UTF-8${position === null ? '' : ` at ${position}`}`, {
      file: path,
      position,
    });
  }
}

/** Whether a value is a part of itself, at whatever depth. */
function holdsItself(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return above.includes(value) || Object.values(value).some((part) => holdsItself(part, [...above, value]));
}

function readLimited(path: string, most: number): Uint8Array {
  const size = sizeOf(path);
  if (size > most) throw new Refusal('too-large', 'file-too-large', `\`${path}\` has ${size} bytes, more than ${most}`, { file: path, limit: most });
  return readFileSync(path);
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) throw new Refusal('bad-input', 'file-absent', `there is no file \`${path}\``, { file: path });
  return found.size;
}

async function namingFile<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.kind, error.code, `\`${path}\`: ${error.message}`, { ...error.facts, file: path }, error.faults);
  }
}
