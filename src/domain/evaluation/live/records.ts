import type { Assessment } from '../../assessment/index.ts';
import { hashData, stableId } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import type { Policy } from '../../policy/index.ts';
import { type CoverResult, type FirmHistory, type Observation } from './history.ts';
import { controlsRead } from './readings.ts';

/** One saved version of an assessment, as the records hold it. */
export interface AssessmentVersion {
  readonly organisation: string;
  readonly firm: FirmProfile;
  readonly result: Assessment;
  /** The same evidence assessed under the rules now in force; null when those are the rules it was assessed under, or the evidence is no longer whole. */
  readonly rescored: Assessment | null;
  /** When the scans behind it ran; instants of any offset. */
  readonly scans: readonly string[];
}

/** What an organisation's records hold on firms. */
export interface Records {
  readonly assessments: readonly AssessmentVersion[];
  /** Whom each submission is for: the organisation that asked and the firm's name. */
  readonly submissions: readonly { readonly organisation: string; readonly firm: string }[];
  readonly policies: readonly { readonly organisation: string; readonly policy: Policy }[];
}

/** A firm of an organisation under a name that identifies nobody outside; a broker's organisation holds many firms. */
export const pseudonymOf = (organisation: string, firm: string): string => stableId('firm', organisation, firm.trim());

/**
 * Firm histories from the system's own records. Versions of one day count once, the last of them. Claims and losses have no records yet and are null: silence
 * is not zero.
 */
export function historiesOf({ assessments, submissions, policies }: Records): FirmHistory[] {
  const applied = new Set(submissions.map(({ organisation, firm }) => pseudonymOf(organisation, firm)));
  const covers = new Map<string, CoverResult[]>();
  for (const { organisation, policy } of policies) {
    const firm = pseudonymOf(organisation, policy.insured.name);
    covers.set(firm, [...(covers.get(firm) ?? []), coverOf(policy)]);
  }
  const firms = new Map<string, AssessmentVersion[]>();
  for (const version of assessments) {
    const firm = pseudonymOf(version.organisation, version.firm.name);
    firms.set(firm, [...(firms.get(firm) ?? []), version]);
  }
  return [...firms].map(([firm, versions]) => historyOf(firm, versions, applied.has(firm), covers.get(firm) ?? []));
}

function historyOf(firm: string, versions: readonly AssessmentVersion[], applied: boolean, covers: readonly CoverResult[]): FirmHistory {
  const inOrder = versions.toSorted((a, b) => Date.parse(a.result.at) - Date.parse(b.result.at));
  const byDay = new Map(inOrder.map((version) => [dayIn(version.result.at), observe(version)]));
  const { industry, employees, annualRevenue } = inOrder.at(-1)!.firm;
  return {
    firm,
    industry,
    employees,
    revenueMinor: annualRevenue.currency === 'CNY' ? annualRevenue.minor : null,
    applied: applied || covers.length > 0,
    observations: [...byDay.values()],
    covers: covers.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  };
}

const beijingOffsetMillis = 8 * 3_600_000;

/** The day of an instant in Beijing, where cover begins and ends. */
const dayIn = (instant: string): string => new Date(Date.parse(instant) + beijingOffsetMillis).toISOString().slice(0, 10);

/** The parts of the pinned versions that decide how evidence becomes a score; evidence itself and the day's threats are no rules. */
const scoringParts = ['engine', 'controls', 'parameters', 'profiles', 'questionnaire'];

/** The name of the scoring rules among the pinned versions of an assessment. */
export const scoringOf = (versions: Readonly<Record<string, string>>): string => hashData(scoringParts.map((part) => versions[part] ?? '')).slice(0, 16);

const dimensionsOf = ({ dimensions }: Assessment): Observation['dimensions'] =>
  Object.fromEntries(dimensions.map(({ dimension, score }) => [dimension, score]));

function observe({ result, rescored, scans }: AssessmentVersion): Observation {
  const asked = result.indicators.filter(({ control }) => controlsRead.includes(control));
  return {
    on: dayIn(result.at),
    score: result.score,
    dimensions: dimensionsOf(result),
    gatePassed: result.gate.passed,
    scoring: scoringOf(result.versions),
    ...(rescored === null ? {} : { rescored: { scoring: scoringOf(rescored.versions), score: rescored.score, dimensions: dimensionsOf(rescored) } }),
    controls: Object.fromEntries(asked.map(({ control, value }) => [control, value])),
    scannedOn: scans.length === 0 ? null : scans.map(dayIn).sort().at(-1)!,
    severeOpen: result.gate.blockers.flatMap(({ finding, severity }) => (finding !== null && isSevere(severity) ? [finding] : [])).sort(),
  };
}

const isSevere = (severity: string | null): boolean => severity === 'critical' || severity === 'high';

const coverOf = ({ period, security, cover, premium }: Policy): CoverResult => ({
  from: dayIn(period.from),
  to: dayIn(period.to),
  score: security.score,
  product: cover.package,
  premiumMinor: premium.exVat.minor,
  incurredLossMinor: null,
  claims: null,
});
