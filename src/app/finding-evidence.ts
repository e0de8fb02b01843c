import { z } from 'zod';
import { findRawRecord } from '../domain/assessment/index.ts';
import { Instant, Refusal } from '../domain/basics/index.ts';
import { assessments } from './assessment.ts';
import { assessedFindings, findingCases } from './counted-findings.ts';
import { byAssessment, unknown } from './finding-deeds.ts';
import { operation } from './operation.ts';

const mostReportBytes = 20 * 1024 * 1024;
const mostReports = 5;

/** A finding in one report: which file, and the record as the tool wrote it. */
const RawEvidence = z
  .strictObject({
    report: z.string(),
    name: z.string(),
    format: z.string(),
    hash: z.string(),
    scannedAt: Instant,
    /** The report gives no date of its own: `scannedAt` is its upload. */
    dateAssumed: z.boolean(),
    submittedAt: Instant,
    /** Who handed it in, by name; null for reports from before names were kept. */
    submittedBy: z.string().nullable(),
    /** `too-large` and `not-text`: the file is kept and named by its hash, but no part of it can be shown. */
    shown: z.enum(['record', 'not-named', 'too-large', 'not-text']),
    line: z.int().nullable(),
    text: z.string(),
    cut: z.boolean(),
  })
  .meta({ id: 'RawEvidence' });
type RawEvidence = z.infer<typeof RawEvidence>;

export const getRawEvidence = operation({
  name: 'getRawEvidence',
  module: 'assessment',
  summary: { zh: '查看扫描报告原始记录', en: 'The record of a finding as it stands in each scanner report, newest report first' },
  who: 'assessment:read',
  input: byAssessment.extend({ finding: z.string().max(100) }),
  output: z.strictObject({ records: z.array(RawEvidence) }),
  http: { method: 'GET', path: '/assessments/{assessment}/findings/{finding}/raw', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, finding: id }) => {
    const { body, organisation } = await context.records.get(assessments, assessment);
    const { readings } = await assessedFindings(context, context.deskOf(organisation), assessment, body);
    const entries = new Map(body.reports.map((entry) => [entry.id, entry]));
    const records: RawEvidence[] = [];
    for (const { report, scan, findings } of [...readings].sort((a, b) => (a.scan.at < b.scan.at ? 1 : -1))) {
      const [finding, entry] = [findings.find((one) => one.id === id), entries.get(report)];
      if (!finding || !entry || records.length >= mostReports) continue;
      const { name, hash, submittedAt, submittedBy = null } = entry;
      const bytes = await context.files.read(hash, mostReportBytes);
      const when = { submittedAt, submittedBy, scannedAt: scan.at, dateAssumed: scan.dateAssumed ?? false };
      records.push({ ...{ report, name, hash }, ...when, format: scan.format, ...partOf(bytes, finding) });
    }
    return records.length === 0 ? unknown(id) : { records };
  },
});

function partOf(bytes: Uint8Array | null, finding: Parameters<typeof findRawRecord>[1]): Pick<RawEvidence, 'shown' | 'line' | 'text' | 'cut'> {
  const none = { line: null, text: '', cut: false };
  if (bytes === null) return { shown: 'too-large', ...none };
  if (bytes.subarray(0, 4096).includes(0)) return { shown: 'not-text', ...none };
  const raw = findRawRecord(new TextDecoder().decode(bytes), finding);
  return raw === null ? { shown: 'not-named', ...none } : { shown: 'record', ...raw };
}

const mostProofBytes = 50 * 1024 * 1024;

export const getProof = operation({
  name: 'getProof',
  module: 'assessment',
  summary: { zh: '下载异议证据', en: 'The file that was handed in as proof of a dispute, for its two sides' },
  who: 'assessment:read',
  input: z.strictObject({ case: z.string().max(100), file: z.string().regex(/^[0-9a-f]{64}$/) }),
  output: z.strictObject({ file: z.string(), mediaType: z.string(), name: z.string() }),
  http: { method: 'GET', path: '/disputed-cases/{case}/proofs/{file}', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { case: id, file }) => {
    const { body } = await context.records.get(findingCases, id);
    if (!body.events.some((event) => event.kind === 'disputed' && event.file === file)) throw new Refusal('absent', 'not-found', 'no such record');
    const bytes = await context.files.read(file, mostProofBytes);
    if (bytes === null) throw new Refusal('too-large', 'file-too-large', 'the file is too large to be sent', { maxBytes: mostProofBytes });
    return { file: Buffer.from(bytes).toString('base64'), mediaType: 'application/octet-stream', name: `proof-${file.slice(0, 12)}` };
  },
});
