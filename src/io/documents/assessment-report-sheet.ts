import { assetTitle, changeInTenths, reportHash, type AssessmentReport } from '../../domain/assessment/index.ts';
import type { Currency, Language } from '../../domain/basics/index.ts';
import { day, exactMoney, fixed, percent, signedMoney } from '../../domain/notation/index.ts';
import { nameOf, reportWords, type SeverityName } from './assessment-report-words.ts';
import type { AssessmentReportDocument } from './model.ts';
import { printInstant } from './print.ts';

/** Of findings that count, as many stand in the document; the workbook has all. */
const mostPrinted = 120;
const mostRepairs = 15;
const mostChanges = 60;

type Say = ReturnType<typeof reportWords>;

/** What the template of an assessment report lays out: every text ready to print, numbers only where something is drawn to scale. */
export function assessmentReportSheet({ data, language }: { data: AssessmentReportDocument; language: Language }) {
  const { report } = data;
  const say = reportWords(language);
  return {
    number: data.number,
    version: String(data.version),
    insurer: data.insurer,
    say,
    subject: { ...report.subject, employees: String(report.subject.employees) },
    assessmentVersion: String(report.assessmentVersion),
    preparedAt: printInstant(report.preparedAt, language),
    score: scorePart(report),
    dimensions: report.dimensions.map((one) => dimensionRow(one, language)),
    peers: report.peers === null ? say.peersUnknown : `${say.peersKnown.replace('{n}', String(report.peers.firms))} ${percent(report.peers.percentile, 0)}`,
    gate: { passed: report.gate.passed, line: fixed(report.gate.passLine, 0), blockers: report.gate.blockers.map((text) => text[language]) },
    counts: Object.entries(report.counts).map(([severity, count]) => ({ name: nameOf('severity', severity as SeverityName, language), count: String(count) })),
    ...findingsPart(report, language, say),
    guides: report.guides.map(({ title, advice }) => ({
      title: title[language],
      advice: advice.map((one) => ({ platform: nameOf('platform', one.platform, language), text: one[language] })),
    })),
    ...repairsPart(report, language, say),
    evidence: report.evidence.map((one) => evidenceRow(one.author === report.subject.name ? { ...one, author: say.theFirm } : one, language, say)),
    contradictions: report.contradictions.map((one) => ({
      title: one.title[language],
      attested: one.on === null ? nameOf('value', one.attested, language) : `${nameOf('value', one.attested, language)} (${one.on})`,
      observed: one.observed.join('; '),
    })),
    acceptances: (report.acceptances ?? []).map((one) => acceptanceRow(one, language, say)),
    disputes: report.disputes.map((one) => ({
      finding: one.finding,
      ground: nameOf('ground', one.ground, language),
      state: nameOf('dispute', one.state, language),
      by: `${one.by}, ${day(one.at)}`,
      decided: one.decidedAt === null ? '--' : `${one.decidedBy}, ${day(one.decidedAt)}`,
    })),
    comparison: report.comparison === null ? null : comparisonPart(report.comparison, language, say),
    profile: report.profile === undefined ? null : profileLine(report.profile, language, say),
    versions: report.versions.map(({ title, version }) => ({ title, version })),
    priors: report.priors.map((text) => text[language]),
    reportHash: reportHash(report),
    signer: signerPart(data, language, say),
    howToVerify: say.howToVerify.replace('{url}', data.verifyAt),
    issuedAt: printInstant(data.issuedAt, language),
    issuedAtSeconds: Math.floor(Date.parse(data.issuedAt) / 1000),
    dataAsOf: printInstant(data.dataAsOf, language),
  };
}

function profileLine({ title, chosen }: NonNullable<AssessmentReport['profile']>, language: Language, say: Say): string {
  if (chosen === null) return say.profileFitting.replace('{title}', title[language]);
  const told = { title: title[language], name: chosen.by.name, day: day(chosen.at), reason: chosen.reason };
  return Object.entries(told).reduce((line, [slot, text]) => line.replace(`{${slot}}`, () => text), say.profileChosen);
}

const scorePart = ({ score }: AssessmentReport) => ({
  shown: score.banded ? `${fixed(score.low, 0)}–${fixed(score.high, 0)}` : fixed(score.value, 1),
  band: `${fixed(score.low, 1)} – ${fixed(score.high, 1)}`,
  confidence: fixed(score.confidence, 2),
  grade: score.grade,
  banded: score.banded,
});

const dimensionRow = (one: AssessmentReport['dimensions'][number], language: Language) => ({
  title: nameOf('dimension', one.dimension, language),
  at: one.score,
  low: one.low,
  high: one.high,
  shown: fixed(one.score, 1),
  band: `${fixed(one.low, 0)}–${fixed(one.high, 0)}`,
  weight: percent(one.weight, 0),
});

function findingsPart({ findings, findingsOmitted, cover }: AssessmentReport, language: Language, say: Say) {
  const counting = findings.filter(({ counts }) => counts);
  const more = Math.max(0, counting.length - mostPrinted) + findingsOmitted;
  const settled = findings.length - counting.length;
  return {
    findings: counting.slice(0, mostPrinted).map((one) => ({
      severity: nameOf('severity', one.severity, language),
      title: one.title,
      what: one.what === one.title || one.what.startsWith('finding_') ? '' : one.what,
      asset: assetTitle(one.asset)[language],
      marks: [
        ...(one.knownExploited ? [say.exploited] : []),
        ...(one.overdue ? [say.overdue] : []),
        ...(one.state === 'risk-accepted' ? [say.accepted] : []),
      ].join(' · '),
      due: one.dueAt === null ? '--' : day(one.dueAt),
      worth: one.worth === null ? '--' : worthOf(one.worth, cover?.currency ?? null, language, say),
    })),
    notes: [...(more > 0 ? [say.moreNote.replace('{n}', String(more))] : []), ...(settled > 0 ? [say.settledNote.replace('{n}', String(settled))] : [])],
  };
}

const none = '--';

/** Points that a repair brings; what rounds to nothing is nothing. */
const gain = (points: number): string => (points < 0.05 ? none : `+${fixed(points, 1)}`);

function worthOf(
  { scoreDelta, premiumDelta }: { scoreDelta: number; premiumDelta: number | null },
  currency: Currency | null,
  language: Language,
  say: Say,
): string {
  const points = gain(scoreDelta) === none ? [] : [`${gain(scoreDelta)} ${say.points}`];
  const saved =
    premiumDelta === null || premiumDelta === 0 || currency === null ? [] : [`${signedMoney({ currency, minor: premiumDelta }, language)}${say.ayear}`];
  return [...points, ...saved].join(language === 'zh' ? '，' : ', ') || none;
}

function repairsPart({ repairs, cover, mustFix }: AssessmentReport, language: Language, say: Say) {
  if (cover === null) return { cover: null, repairs: [], repairsMore: null, mustFix: null };
  const money = (minor: number): string => exactMoney({ currency: cover.currency, minor }, language);
  return {
    cover: `${say.limit} ${money(cover.limitMinor)}, ${say.retention} ${money(cover.retentionMinor)}, ${say.premiumNow} ${money(cover.premiumMinor)} (${cover.ratebook})`,
    repairs: repairs.slice(0, mostRepairs).map(({ title, scoreDelta, premiumDelta, effort }) => ({
      title: title[language],
      effort,
      score: gain(scoreDelta),
      premium: premiumDelta === 0 ? none : signedMoney({ currency: cover.currency, minor: premiumDelta }, language),
    })),
    repairsMore: repairs.length > mostRepairs ? say.repairsMore.replace('{shown}', String(mostRepairs)).replace('{total}', String(repairs.length)) : null,
    mustFix: mustFix == null ? null : mustFixLine(mustFix, cover.currency, language, say),
  };
}

/** What the repairs that the gate asks for do together, and why none alone moves the premium where that is so. */
function mustFixLine(one: NonNullable<AssessmentReport['mustFix']>, currency: Currency, language: Language, say: Say): string {
  const slots = {
    ...{ count: String(one.count), before: fixed(one.scoreBefore, 1), after: fixed(one.scoreAfter, 1) },
    gate: one.gatePassed ? say.mustFixPassed : say.mustFixMissed,
    amount: one.premiumDelta === 0 ? say.premiumSame : signedMoney({ currency, minor: one.premiumDelta }, language),
  };
  const line = Object.entries(slots).reduce((text, [slot, value]) => text.replace(`{${slot}}`, () => value), say.mustFixTogether);
  return one.silentAlone ? `${line}${language === 'zh' ? '' : ' '}${say.mustFixSilent}` : line;
}

/** The person, where one is known, and the firm or tool. */
const authorOf = ({ author, by }: AssessmentReport['evidence'][number], language: Language): string =>
  by === undefined ? author : language === 'zh' ? `${by}（${author}）` : `${by} (${author})`;

const evidenceRow = (one: AssessmentReport['evidence'][number], language: Language, say: Say) => ({
  kind: nameOf('kind', one.kind, language),
  about: one.value === null ? one.about[language] : `${one.about[language]}${language === 'zh' ? '：' : ': '}${nameOf('value', one.value, language)}`,
  on: one.dateAssumed ? `${one.on} (${say.dateAssumed})` : one.on,
  until: one.until === null ? '--' : one.expired ? `${one.until} (${say.expired})` : one.until,
  author: authorOf(one, language),
  hash: one.sha256 ?? '--',
});

const acceptanceRow = (one: NonNullable<AssessmentReport['acceptances']>[number], language: Language, say: Say) => ({
  finding: one.finding,
  asset: assetTitle(one.asset)[language],
  reason: one.reason,
  approved: `${one.approvedBy}, ${day(one.approvedAt)}`,
  until: one.until,
  standing: nameOf('acceptance', one.ended ?? 'in-force', language),
  counts: one.counts ? say.stillCounts : say.countsNot,
});

function comparisonPart(comparison: NonNullable<AssessmentReport['comparison']>, language: Language, say: Say) {
  const { before, after, causes } = comparison;
  const sum = (side: typeof before): string => (side.premium === null ? '--' : exactMoney(side.premium, language));
  const change = (tenths: number): string => (tenths > 0 ? `+${fixed(tenths / 10, 1)}` : fixed(tenths / 10, 1));
  const whole = changeInTenths(before.score, after.score, causes);
  return {
    dates: { before: printInstant(before.at, language), after: printInstant(after.at, language) },
    rows: [
      {
        name: say.score,
        before: `${fixed(before.score, 1)} (${before.grade})`,
        after: `${fixed(after.score, 1)} (${after.grade})`,
        change: change(whole.change),
      },
      ...comparison.dimensions.map((one) => ({
        name: nameOf('dimension', one.dimension, language),
        before: fixed(one.before, 1),
        after: fixed(one.after, 1),
        change: change(changeInTenths(one.before, one.after, one).change),
      })),
      { name: say.gate, before: before.gatePassed ? say.gatePassed : '--', after: after.gatePassed ? say.gatePassed : '--', change: '' },
      ...(before.premium === null ? [] : [{ name: say.premium, before: sum(before), after: sum(after), change: '' }]),
    ],
    causes: (['firm', 'rules', 'time'] as const).map((cause) => ({ name: say[cause], change: change(whole[cause]) })),
    changes: [
      ...comparison.findings
        .slice(0, mostChanges)
        .map((one) => ({ kind: nameOf('change', one.kind, language), what: `${one.title} · ${assetTitle(one.asset)[language]}` })),
      ...comparison.answers.map((one) => ({
        kind: `${nameOf('value', one.before, language)} → ${nameOf('value', one.after, language)}`,
        what: one.title[language],
      })),
      ...comparison.expired.map((one) => ({ kind: say.expired, what: `${one.title[language]} (${one.until})` })),
    ],
  };
}

function signerPart({ signer }: AssessmentReportDocument, language: Language, say: Say) {
  if (signer === null) return null;
  const { conflict, statement } = signer.disclosure;
  return {
    name: signer.name,
    person: signer.person,
    at: printInstant(signer.at, language),
    fingerprint: signer.keyFingerprint,
    disclosure: `${conflict ? say.conflict : say.noConflict}${statement}`,
  };
}
