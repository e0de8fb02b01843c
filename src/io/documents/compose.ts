import type { Language } from '../../domain/basics/index.ts';
import { assessmentReportSheet } from './assessment-report-sheet.ts';
import { evaluationSheet } from './evaluation-sheet.ts';
import type { CoverRequest, DocumentRequest, PolicyScheduleData, QuotationData } from './model.ts';
import { capitalAmount, exactMoney, percent, period } from '../../domain/notation/index.ts';
import { cancellationSheet } from './cancellation-sheet.ts';
import { certificateSheet } from './certificate-sheet.ts';
import { coverageRows } from './coverage-rows.ts';
import { printChange, printInstant } from './print.ts';
import { qrPicture, verificationCode } from './verification.ts';
import { subsidySheet } from './subsidy-sheet.ts';
import { visibleThroughout } from './visible.ts';
import { wordingSheet } from './wording-sheet.ts';
import { wordsIn } from './words.ts';

type Print = (minor: number) => string;

/** What a template lays out: every text ready to print, no arithmetic left but the length of bars. */
export type Sheet = ReturnType<typeof composeSheet>;

/** Turns what a document says into what its template shows, in one language, with nothing hidden in any text. */
export function composeSheet(request: DocumentRequest) {
  const missing = new Set<string>();
  const code = verificationCode(request);
  const said = visibleThroughout(partsOf(request), missing);
  return {
    ...said,
    kind: request.kind,
    language: request.language,
    words: wordsIn(request.language),
    code,
    qr: qrPicture(request.kind === 'assessment-report' ? `${request.data.verifyAt}/${code}` : `RISKLOOP ${request.kind} ${code}`),
    missing: [...missing].sort(),
  };
}

function partsOf(request: DocumentRequest) {
  if (request.kind === 'evaluation-report') return evaluationSheet(request);
  if (request.kind === 'assessment-report') return assessmentReportSheet(request);
  if (request.kind === 'wording') return wordingSheet(request);
  if (request.kind === 'subsidy-file') return subsidySheet(request);
  if (request.kind === 'cancellation-notice') return cancellationSheet(request);
  if (request.kind === 'member-certificate') return certificateSheet(request);
  return request.kind === 'quotation' ? { ...common(request), ...quotationPart(request) } : { ...common(request), ...schedulePart(request) };
}

function common({ data, language }: CoverRequest) {
  const print: Print = (minor) => exactMoney({ currency: data.currency, minor }, language);
  return {
    number: data.number,
    version: String(data.version),
    insurer: data.insurer,
    insured: data.insured,
    period: period(data.period, language),
    limit: print(data.limitMinor),
    retention: print(data.retentionMinor),
    coverages: coverageRows(data, language),
    premium: premiumPart(data, language, print),
    story: storyPart(data, language, print),
    security: { score: data.security.score.toFixed(1), grade: data.security.grade, assessedAt: printInstant(data.security.assessedAt, language) },
    conditions: data.conditions.map((text) => text[language]),
    exclusions: exclusionGroups(data.exclusions, language),
    versions: data.versions.map(({ title, version }) => ({ title: title[language], version })),
    priorCount: String(data.priors.length),
    priors: priorGroups(data.priors.map((text) => text[language])),
    issuedAt: printInstant(data.issuedAt, language),
    issuedAtSeconds: Math.floor(Date.parse(data.issuedAt) / 1000),
    dataAsOf: printInstant(data.dataAsOf, language),
  };
}

function exclusionGroups(exclusions: CoverRequest['data']['exclusions'], language: Language): { title: string | null; items: string[] }[] {
  const plain = exclusions.filter((one) => 'zh' in one).map((text) => text[language]);
  const grouped = exclusions
    .filter((one) => 'items' in one)
    .map(({ coverage, items }) => ({
      title: coverage === null ? wordsIn(language).allCoverages : coverage[language],
      items: items.map((text) => text[language]),
    }));
  return plain.length > 0 ? [{ title: null, items: plain }, ...grouped] : grouped;
}

/** Titles that begin alike ("subject: what") stand together under their subject, which is then printed once; a title alone in its group stays whole. */
function priorGroups(titles: readonly string[]): { title: string | null; items: string[] }[] {
  const bySubject = new Map<string | null, string[]>();
  for (const title of titles) {
    const subject = /^[^：:]+(?=：|: )/.exec(title)?.[0] ?? null;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), title]);
  }
  const many = [...bySubject].filter(([subject, group]) => subject !== null && group.length > 1);
  const single = [...bySubject].filter(([subject, group]) => subject === null || group.length === 1).flatMap(([, group]) => group);
  const groups = many.map(([subject, group]) => ({ title: subject, items: group.map((title) => title.slice(subject!.length).replace(/^[：:] ?/, '')) }));
  return single.length > 0 ? [...groups, { title: null, items: single }] : groups;
}

function premiumPart({ premium, currency }: CoverRequest['data'], language: Language, print: Print) {
  const capitals = language === 'zh' ? capitalAmount({ currency, minor: premium.total }) : null;
  return { exVat: print(premium.exVat), vat: print(premium.vat), total: print(premium.total), capitals };
}

function storyPart({ story, currency, premium }: CoverRequest['data'], language: Language, print: Print) {
  let reached = 0;
  const bars = story.bars.map(({ label, deltaMinor }, index) => {
    const from = reached;
    reached += deltaMinor;
    const minor = { currency, minor: deltaMinor };
    return { label: label[language], change: index === 0 ? print(deltaMinor) : printChange(minor, language), from, to: reached };
  });
  const widest = Math.max(1, premium.total, ...bars.map(({ to }) => to));
  return { bars, widest, expectedLoss: print(story.expectedLossMinor), rateOnLine: percent(story.rateOnLine), minimumApplied: story.minimumApplied };
}

const schedulePart = ({ data }: { data: PolicyScheduleData }) => ({ quotation: data.quotation });

function quotationPart({ data, language }: { data: QuotationData; language: Language }) {
  return {
    outcome: data.outcome,
    reasons: data.reasons.map((text) => text[language]),
    validUntil: printInstant(data.validUntil, language),
    gate: { passed: data.gate.passed, blockers: data.gate.blockers.map((text) => text[language]) },
    repairs: data.repairs.map(({ title, scoreDelta, premiumDeltaMinor, mustFix }) => ({
      title: title[language],
      score: scoreDelta === 0 ? '0' : `+${scoreDelta.toFixed(1)}`,
      premium: premiumDeltaMinor === 0 ? '0' : printChange({ currency: data.currency, minor: premiumDeltaMinor }, language),
      mustFix,
    })),
  };
}
