import { dayOf, type Instant } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import type { Comparison } from '../compare/index.ts';
import { Severity, type Finding } from '../finding.ts';
import { lastDayOf } from '../freshness.ts';
import type { Answers, Assessment, EvidenceKind, Scan, WeighedFinding } from '../model.ts';
import type { ProfileChoice } from '../profiles/index.ts';
import type { AssessmentRules } from '../rules.ts';
import type { CaseEvent, Contradiction, TrackedFinding } from '../tracking/index.ts';
import { repairsByFinding } from '../repair-labels.ts';
import type { AssessmentReport, MustFixTogether, RepairWorth, ValuedCover } from './model.ts';
import { guideFor, type RepairGuide, type RepairGuides } from './repair-guides.ts';

/** Below this confidence the band is the result (methods §2.0). */
const bandedBelow = 0.4;
/** More findings than this stand in the list of findings only, not in a report. */
export const mostReportedFindings = 2000;

/** Everything that a report is made of. */
export interface ReportBasis {
  readonly number: string;
  readonly assessment: string;
  readonly assessmentVersion: number;
  readonly now: Instant;
  readonly firm: FirmProfile;
  readonly answers: Answers;
  readonly result: Assessment;
  /** The latest choice of a profile by a person; null when nobody chose. */
  readonly profileChoice: ProfileChoice | null;
  readonly reports: readonly {
    readonly name: string;
    readonly hash: string;
    readonly scan: Scan | null;
    readonly format: string | null;
    readonly submittedBy?: string | undefined;
  }[];
  readonly findings: readonly Finding[];
  readonly tracked: readonly TrackedFinding[];
  /** What people did, by weakness. */
  readonly events: ReadonlyMap<string, readonly CaseEvent[]>;
  readonly contradictions: readonly Contradiction[];
  readonly cover: ValuedCover | null;
  /** Empty when no cover was chosen. */
  readonly repairs: readonly RepairWorth[];
  /** Null where the gate asks for none, or no cover was chosen. */
  readonly mustFix: MustFixTogether | null;
  readonly comparison: Comparison | null;
  readonly guides: RepairGuides;
  readonly rules: AssessmentRules;
}

/** Puts the report together. Pure: the same basis gives the same report, and thereby the same hash. */
export function composeReport(basis: ReportBasis): AssessmentReport {
  const { number, assessment, assessmentVersion, now, firm, result, cover, comparison } = basis;
  const listed = basis.tracked.toSorted(worstFirst);
  const findings = listed.slice(0, mostReportedFindings).map((one) => reportFinding(one, basis));
  return {
    form: 'riskloop-assessment-report-1',
    ...{ number, assessment, assessmentVersion, cover, comparison },
    subject: { name: firm.name, creditCode: firm.creditCode, industry: firm.industry, employees: firm.employees },
    preparedAt: now,
    dataAsOf: result.at,
    score: scoreOf(result),
    dimensions: result.dimensions.map((one) => ({ ...one })),
    peers: null,
    profile: profileOf(basis),
    gate: { passed: result.gate.passed, passLine: result.gate.passLine, blockers: result.gate.blockers.map(({ text }) => text) },
    counts: countsOf(listed),
    findings,
    findingsOmitted: listed.length - findings.length,
    guides: guidesOf(findings, basis.guides),
    repairs: basis.repairs.map((one) => ({ ...one })),
    mustFix: basis.mustFix,
    evidence: evidenceOf(basis),
    contradictions: basis.contradictions.map(({ title, attested, observed }) => ({
      title,
      attested: attested.value,
      on: attested.on,
      observed: observed.map((one) => one.title),
    })),
    disputes: basis.tracked.flatMap((one) => disputesOf(one, basis.events.get(one.id) ?? [])),
    acceptances: listed.flatMap((one) => acceptanceOf(one, basis.events.get(one.id) ?? [])),
    versions: Object.entries({ ...result.versions, repairs: basis.guides.version }).map(([title, version]) => ({ title, version })),
    priors: priorsOf(basis.rules),
  };
}

/** Of what counts in the list, by severity: a weakness once, as the list has it, where the score weighs what the tools report. */
function countsOf(listed: readonly TrackedFinding[]): AssessmentReport['counts'] {
  const counting = listed.filter(({ counts }) => counts);
  return Object.fromEntries(
    Severity.options.map((severity) => [severity, counting.filter((one) => one.severity === severity).length]),
  ) as AssessmentReport['counts'];
}

const scoreOf = ({ score, low, high, confidence, grade }: Assessment): AssessmentReport['score'] => ({
  value: score,
  ...{ low, high, confidence, grade },
  banded: confidence < bandedBelow,
});

/** Who chose the profile in use; a choice whose profile is no longer in force, or that went back to the fitting one, chose nothing. */
function profileOf({ result, profileChoice, rules }: ReportBasis): NonNullable<AssessmentReport['profile']> {
  const { title } = rules.profiles.profiles.find(({ id }) => id === result.profile)!;
  if (profileChoice === null || profileChoice.profile !== result.profile) return { title, chosen: null };
  const { at, by, reason } = profileChoice;
  return { title, chosen: { at, by, reason } };
}

const settledLast = ({ counts }: TrackedFinding): number => (counts ? 0 : 1);
const worstFirst = (a: TrackedFinding, b: TrackedFinding): number =>
  settledLast(a) - settledLast(b) ||
  Number(b.knownExploited) - Number(a.knownExploited) ||
  Severity.options.indexOf(a.severity) - Severity.options.indexOf(b.severity) ||
  (a.id < b.id ? -1 : 1);

function reportFinding(one: TrackedFinding, basis: ReportBasis): AssessmentReport['findings'][number] {
  const reported = new Set(one.sources.flatMap(({ findings }) => findings));
  const told = basis.findings.filter(({ id }) => reported.has(id));
  const shown = basis.result.findings.filter(({ finding }) => reported.has(finding)).flatMap(({ signals }: WeighedFinding) => signals);
  const facts = { cves: told.flatMap(({ cves }) => cves), cwes: told.flatMap(({ cwes }) => cwes) };
  const { id, what, title, severity, asset, state, counts, knownExploited, firstSeen } = one;
  return {
    ...{ id, what, title, severity, asset, state, counts, knownExploited, firstSeen },
    dueAt: one.clock?.dueAt ?? null,
    overdue: one.clock?.overdue ?? false,
    tools: [...new Set(one.sources.map(({ tool }) => tool))],
    guide: guideFor(basis.guides, facts, shown)?.id ?? null,
    worth: worthOf(reported, basis),
  };
}

function worthOf(reported: ReadonlySet<string>, { repairs, cover }: ReportBasis): AssessmentReport['findings'][number]['worth'] {
  const repairOf = repairsByFinding(repairs);
  const repair = [...reported].flatMap((id) => repairOf.get(id) ?? [])[0];
  return repair === undefined ? null : { scoreDelta: repair.scoreDelta, premiumDelta: cover === null ? null : repair.premiumDelta };
}

function guidesOf(findings: AssessmentReport['findings'], { guides }: RepairGuides): AssessmentReport['guides'] {
  const used = new Set(findings.flatMap(({ guide, counts }) => (guide === null || !counts ? [] : [guide])));
  return guides.filter(({ id }) => used.has(id)).map(({ id, title, advice }: RepairGuide) => ({ id, title, advice }));
}

function evidenceOf(basis: ReportBasis): AssessmentReport['evidence'] {
  return [...answersAsEvidence(basis), ...scansAsEvidence(basis), ...proofsAsEvidence(basis)].sort(
    (a, b) => a.on.localeCompare(b.on) || a.about.en.localeCompare(b.about.en) || (a.sha256 ?? '').localeCompare(b.sha256 ?? ''),
  );
}

function answersAsEvidence({ answers, rules, firm, now }: ReportBasis): AssessmentReport['evidence'] {
  return Object.entries(answers.answers).flatMap(([id, { value, kind, on, until, by }]) => {
    const question = rules.questionnaire.byId.get(id);
    if (question === undefined || value === 'unknown') return [];
    const control = question.control === null ? undefined : rules.controls.controls.get(question.control);
    const last = control === undefined ? until : lastDayOf({ kind, on, until, validDays: control.validDays });
    return [
      {
        ...{
          kind,
          about: control?.title ?? question.asks!,
          value,
          on,
          until: last,
          expired: last !== null && last < dayOf(now),
          author: firm.name,
          sha256: null,
        },
        ...(by && { by: by.name }),
      },
    ];
  });
}

const observed: EvidenceKind = 'observed';

const scansAsEvidence = ({ reports }: ReportBasis): AssessmentReport['evidence'] =>
  reports.flatMap(({ name, hash, scan, format, submittedBy }) =>
    scan === null
      ? []
      : [
          {
            kind: observed,
            about: { zh: `扫描报告 ${name}`, en: `Scanner report ${name}` },
            value: null,
            on: dayOf(scan.at),
            ...(scan.dateAssumed && { dateAssumed: scan.dateAssumed }),
            until: null,
            expired: false,
            author: format ?? scan.format,
            ...(submittedBy !== undefined && { by: submittedBy }),
            sha256: hash,
          },
        ],
  );

const proofsAsEvidence = ({ events }: ReportBasis): AssessmentReport['evidence'] =>
  [...events].flatMap(([weakness, all]) =>
    all.flatMap((event) =>
      event.kind === 'disputed' && event.file !== null
        ? [
            {
              kind: 'document' as const,
              about: { zh: `异议证据：${weakness}`, en: `Proof of a dispute: ${weakness}` },
              value: null,
              on: dayOf(event.at),
              until: null,
              expired: false,
              author: event.by.name,
              sha256: event.file,
            },
          ]
        : [],
    ),
  );

/** Each dispute of a weakness with what became of it: the first decision or taking back after it. */
function disputesOf({ title }: TrackedFinding, events: readonly CaseEvent[]): AssessmentReport['disputes'] {
  return events.flatMap((event, index) => {
    if (event.kind !== 'disputed') return [];
    const end = events.slice(index + 1).find(({ kind }) => kind === 'dispute-decided' || kind === 'taken-back');
    const state =
      end === undefined
        ? ('open' as const)
        : end.kind === 'dispute-decided'
          ? end.upheld
            ? ('upheld' as const)
            : ('rejected' as const)
          : ('taken-back' as const);
    return [{ finding: title, ground: event.ground, by: event.by.name, at: event.at, state, decidedBy: end?.by.name ?? null, decidedAt: end?.at ?? null }];
  });
}

type AcceptedRisk = NonNullable<AssessmentReport['acceptances']>[number];

/** The acceptance of a weakness that was granted last, in force or ended by itself; none once it was taken back or the weakness is settled. */
function acceptanceOf({ title, asset, severity, counts, state, acceptanceEnded }: TrackedFinding, events: readonly CaseEvent[]): AcceptedRisk[] {
  if (state !== 'risk-accepted' && acceptanceEnded === null) return [];
  const at = events.findLastIndex((event) => event.kind === 'acceptance-decided' && event.granted);
  const asked = events.slice(0, at).findLast((event) => event.kind === 'acceptance-requested');
  const granted = events[at];
  if (granted === undefined || asked === undefined) return [];
  const people = { requestedBy: asked.by.name, approvedBy: granted.by.name, approvedAt: granted.at };
  return [{ finding: title, asset, severity, ...people, reason: asked.reason, until: asked.until, counts, ended: acceptanceEnded }];
}

const priorsOf = ({ parameters, controls }: AssessmentRules): AssessmentReport['priors'] =>
  [...parameters.list, ...controls.oddsRatios.values()].filter(({ provenance }) => provenance === 'J').map(({ title }) => title);
