import { FindingCase, scopeOf, standings, type Finding, type Reading, type Scan, type Standings, type Surroundings } from '../domain/assessment/index.ts';
import type { FirmProfile } from '../domain/parties/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import type { Context, Desk } from './operation.ts';

export const findingCases: RecordKind<typeof FindingCase> = { name: 'case', table: 'finding_cases', schema: FindingCase, schemaVersion: 1, upgrades: {} };

/** The findings of an assessment over time, with what people did about them, and what of it counts. */
export interface AssessedFindings extends Standings {
  readonly readings: readonly Reading[];
  readonly cases: ReadonlyMap<string, Stored<FindingCase>>;
}

/** What of an assessment's file the findings over time depend on. */
export interface ScannedFile {
  readonly firm: Pick<FirmProfile, 'assets'>;
  readonly reports: readonly { readonly id: string; readonly scan: Scan | null; readonly submittedAt: string }[];
}

/** Loads the findings of an assessment from its owner's desk and works out how each stands now. */
export async function assessedFindings(context: Context, owner: Desk, assessment: string, file: ScannedFile): Promise<AssessedFindings> {
  const readings = readingsOf(file, await owner.findings.byReport(assessment));
  const cases = await casesOf(owner, assessment);
  return { readings, cases, ...standings(readings, (weakness) => cases.get(weakness)?.body.events ?? [], surroundingsOf(context, file)) };
}

/** What the standing of findings depends on besides scans and people, as it is now. */
export const surroundingsOf = ({ content, now }: Context, { firm }: ScannedFile): Surroundings => ({
  scope: scopeOf(firm.assets),
  outlook: content.outlook,
  now,
  numbers: content.assessmentBasis.parameters.values,
});

function readingsOf({ reports }: ScannedFile, found: ReadonlyMap<string, readonly Finding[]>): Reading[] {
  return reports.flatMap(({ id, scan, submittedAt }) => {
    const findings = found.get(id) ?? [];
    if (scan === null && findings.length === 0) return [];
    return [{ report: id, scan: scan ?? { format: findings[0]!.format, at: submittedAt, dateAssumed: true as const, assets: [] }, findings }];
  });
}

async function casesOf({ records }: Desk, assessment: string): Promise<Map<string, Stored<FindingCase>>> {
  const found = new Map<string, Stored<FindingCase>>();
  for (let after: string | null = null; ;) {
    const { items, next }: { items: readonly Stored<FindingCase>[]; next: string | null } = await records.list(findingCases, {
      where: { assessment },
      after,
      limit: 200,
    });
    for (const item of items) found.set(item.body.weakness, item);
    if (next === null) return found;
    after = next;
  }
}
