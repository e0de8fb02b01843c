import { Finding } from '../../domain/assessment/index.ts';
import type { Execute, Findings } from '../interfaces.ts';
import type { Session } from './session.ts';
import { ownOnly, ownOrGranted } from './visible.ts';

const rowsPerStatement = 2_000;

/** The findings of one organisation's assessments, on its session. */
export const findingsOf = (session: Session, organisation: string): Findings => ({
  replaceReport: (assessment, report, read) =>
    session.as(organisation, async (execute) => {
      await remove(execute, organisation, assessment, report);
      for (let at = 0; at < read.findings.length; at += rowsPerStatement)
        await add(execute, organisation, assessment, report, read.findings.slice(at, at + rowsPerStatement));
    }),
  removeReport: (assessment, report) => session.as(organisation, (execute) => remove(execute, organisation, assessment, report)),
  byReport: (assessment) =>
    session.as(organisation, async (execute) => {
      const text = `select report, body from app.findings where ${ownOrGranted('assessment')} and assessment = $3 order by report, id`;
      return gatherByReport(await execute<{ report: string; body: unknown }>(text, [organisation, session.now, assessment]));
    }),
  all: (assessment) =>
    session.as(organisation, async (execute) => {
      const text = `select body from app.findings where ${ownOrGranted('assessment')} and assessment = $3 order by id, report`;
      const rows = await execute<{ body: unknown }>(text, [organisation, session.now, assessment]);
      return mergeRepeats(rows.map((row) => Finding.parse(row.body)));
    }),
  setAside: (importId, item, findings) =>
    session.as(organisation, async (execute) => {
      await dropAside(execute, organisation, importId, item);
      for (let at = 0; at < findings.length; at += rowsPerStatement)
        await addAside(execute, organisation, { importId, item, at }, findings.slice(at, at + rowsPerStatement));
    }),
  aside: (importId) =>
    session.as(organisation, async (execute) => {
      const text = `select item as report, body from app.import_findings where ${ownOnly} and import = $2 order by item, position`;
      return gatherByReport(await execute<{ report: string; body: unknown }>(text, [organisation, importId]));
    }),
  dropAside: (importId, item) => session.as(organisation, (execute) => dropAside(execute, organisation, importId, item ?? null)),
});

async function dropAside(execute: Execute, organisation: string, importId: string, item: string | null): Promise<void> {
  await execute(`delete from app.import_findings where ${ownOnly} and import = $2 and ($3::text is null or item = $3)`, [organisation, importId, item]);
}

async function addAside(
  execute: Execute,
  organisation: string,
  { importId, item, at }: { importId: string; item: string; at: number },
  findings: readonly Finding[],
): Promise<void> {
  await execute(
    `insert into app.import_findings (org_id, import, item, position, body)
     select $1, $2, $3, $4 + place, f from jsonb_array_elements($5::jsonb) with ordinality as read (f, place)`,
    [organisation, importId, item, at, JSON.stringify(findings)],
  );
}

async function remove(execute: Execute, organisation: string, assessment: string, report: string): Promise<void> {
  await execute(`delete from app.findings where ${ownOnly} and assessment = $2 and report = $3`, [organisation, assessment, report]);
}

async function add(execute: Execute, organisation: string, assessment: string, report: string, findings: readonly Finding[]): Promise<void> {
  await execute(
    `insert into app.findings (org_id, assessment, report, id, format, check_id, severity, asset_kind, asset_name, host, port, cves, suppressed, body)
     select $1, $2, $3, f ->> 'id', f ->> 'format', f ->> 'checkId', f ->> 'severity', f -> 'asset' ->> 'kind', f -> 'asset' ->> 'name', f -> 'asset' ->> 'host',
       (f -> 'asset' ->> 'port')::integer, array(select jsonb_array_elements_text(f -> 'cves')), (f ->> 'suppressed')::boolean, f
     from jsonb_array_elements($4::jsonb) f`,
    [organisation, assessment, report, JSON.stringify(findings)],
  );
}

function gatherByReport(rows: readonly { report: string; body: unknown }[]): Map<string, Finding[]> {
  const byReport = new Map<string, Finding[]>();
  for (const { report, body } of rows) {
    const known = byReport.get(report);
    if (known === undefined) byReport.set(report, [Finding.parse(body)]);
    else known.push(Finding.parse(body));
  }
  return byReport;
}

/** Findings come sorted by id; repeats of one id over several reports become one, seen from the first time to the last. */
function mergeRepeats(findings: readonly Finding[]): Finding[] {
  const merged: Finding[] = [];
  for (const finding of findings) {
    const before = merged.at(-1);
    if (before?.id === finding.id) merged[merged.length - 1] = merge(before, finding);
    else merged.push(finding);
  }
  return merged;
}

/** A weakness counts unless every report marks it as accepted. */
const merge = (a: Finding, b: Finding): Finding => ({
  ...b,
  firstSeen: extreme(a.firstSeen, b.firstSeen, -1),
  lastSeen: extreme(a.lastSeen, b.lastSeen, 1),
  suppressed: a.suppressed && b.suppressed,
});

function extreme(a: string | null, b: string | null, sign: 1 | -1): string | null {
  if (a === null || b === null) return a ?? b;
  return sign * (Date.parse(a) - Date.parse(b)) >= 0 ? a : b;
}
