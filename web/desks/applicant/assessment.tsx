import { labelledBy } from '../../../src/domain/assessment/index.ts';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { DimensionRadar } from '../../charts/dimension-radar.tsx';
import { ScoreGauge } from '../../charts/score-gauge.tsx';
import { ScoreHistory } from '../../charts/score-history.tsx';
import { useAssessment, useFindings, useParameters, useRepairs, useScoreHistory, useSession } from '../../api/queries.ts';
import type { AssessmentRecord, CountedFinding, Parameter } from '../../api/wire.ts';
import { dateTime, number } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { IdMark } from '../../parts/id-mark.tsx';
import { JobCard } from '../../parts/job-card.tsx';
import { CompareDates } from './assessment/compare.tsx';
import { ScoringProfile } from './assessment/profile.tsx';
import { ReportCard } from './assessment/report-card.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { Awaited, AwaitedPage } from '../../parts/states.tsx';
import { Term } from '../../parts/term.tsx';
import { WithdrawnReports } from '../../parts/withdrawn-reports.tsx';
import { useWords, type Wording } from '../../words.ts';
import { Contradictions, DataSources, Derivation } from './assessment/derivation.tsx';
import { Findings } from './assessment/findings.tsx';
import { useProfiles } from './assessment/profile-queries.ts';
import { useCover } from '../../forms/cover.ts';

/** The lowest scores of grades A to D as the assessment's parameters state them. */
const edgesOf = (parameters: ReadonlyMap<string, Parameter> | undefined) =>
  (['a', 'b', 'c', 'd'] as const).map((grade) => [...(parameters?.values() ?? [])].find(({ key }) => key.endsWith(`grade.${grade}`))?.value ?? null);

function sentenceOf({ firm, result }: AssessmentRecord, { t }: Wording): string {
  const gate = result.gate.passed ? t('assessment.gatePassed') : t('assessment.gateMissed', { count: result.gate.blockers.length });
  if (result.confidence < 0.4) return t('assessment.sentenceBand', { firm: firm.name, low: number(result.low), high: number(result.high), gate });
  return t('assessment.sentence', { firm: firm.name, score: number(result.score, 1), grade: result.grade, gate });
}

type Blocker = AssessmentRecord['result']['gate']['blockers'][number];

function GateLine({ met, text, rest }: { met: boolean; text: string; rest: string }) {
  return (
    <li className={met ? 'good' : 'bad'}>
      <Icon name={met ? 'check' : 'stop'} size={16} />
      <span>
        {text} <span className="faint num">{rest}</span>
      </span>
    </li>
  );
}

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** What has no severity (the score, an incident) bars by itself and stands first. */
const bySeverity = (blockers: readonly Blocker[]): Blocker[] =>
  [...blockers].sort((a, b) => (a.severity ? severities.indexOf(a.severity) : -1) - (b.severity ? severities.indexOf(b.severity) : -1));

/** The three conditions of the gate, then every blocker by name with the way to its repair. */
function GateBox({ record, findings }: { record: AssessmentRecord; findings: readonly CountedFinding[] }) {
  const { t, of } = useWords();
  const { gate, score } = record.result;
  const open = findings.filter((one) => one.counts);
  // The gate also counts by the CVSS score what the tool rated lower: those stand among the blockers under the same code.
  const byScore = gate.blockers.filter(({ code, severity }) => code === 'severe-vulnerability-open' && severity !== 'critical' && severity !== 'high').length;
  const severe = open.filter((one) => one.severity === 'critical' || one.severity === 'high').length + byScore;
  const exploited = open.filter((one) => one.knownExploited).length;
  return (
    <section className={`gate ${gate.passed ? 'gate-passed' : 'gate-missed'}`}>
      <h2>
        {t('assessment.gate')} <Term name="gate" />
      </h2>
      <ul className="blockers">
        <GateLine met={score >= gate.passLine} text={t('assessment.gateLine', { line: number(gate.passLine) })} rest={number(score, 1)} />
        <GateLine met={severe === 0} text={t('assessment.gateSevere')} rest={t('assessment.openCount', { count: severe })} />
        <GateLine met={exploited === 0} text={t('assessment.gateExploited')} rest={t('assessment.openCount', { count: exploited })} />
      </ul>
      {!gate.passed && (
        <>
          <h3>{t('assessment.blockers')}</h3>
          <ul className="blockers">
            {bySeverity(gate.blockers)
              .slice(0, 8)
              .map((blocker, i) => (
                <li key={`${blocker.code}-${blocker.finding ?? blocker.control ?? i}`}>
                  {blocker.severity && <SeverityMark severity={blocker.severity} />}
                  <span>{of(blocker.text)}</span>
                </li>
              ))}
          </ul>
          {gate.blockers.length > 8 && <p className="faint">+{gate.blockers.length - 8}</p>}
        </>
      )}
      <p>
        <Link to="/assessments/$assessment/fixes" params={{ assessment: record.id }} className="action">
          {t('assessment.openFixes')}
        </Link>
      </p>
    </section>
  );
}

function Reports({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  return (
    <>
      {record.reports.length > 0 && (
        <Section title={t('assessment.reports')}>
          <ul className="job-list">
            {[...record.reports].reverse().map((report) => (
              <JobCard key={report.id} report={report} />
            ))}
          </ul>
        </Section>
      )}
      <WithdrawnReports withdrawn={record.withdrawn ?? []} />
    </>
  );
}

/** The score from version to version; nothing while there is only one. */
function History({ record }: { record: AssessmentRecord }) {
  const points = useScoreHistory(record.id, record.version).data ?? [];
  return points.length < 2 ? null : <ScoreHistory points={points} passLine={record.result.gate.passLine} />;
}

function Report({ record }: { record: AssessmentRecord }) {
  const words = useWords();
  const { t, of } = words;
  const findings = useFindings(record.id, record.version);
  const session = useSession().data;
  const owned = session?.organisation?.id === record.organisation;
  const may = (permission: 'assessment:write' | 'submission:write'): boolean => owned && session.permissions.includes(permission);
  const { cover } = useCover(record);
  const repairs = useRepairs(record.id, record.version, cover).data?.repairs;
  const profile = useProfiles(record.id, record.version).data?.profiles.find(({ id }) => id === record.result.profile);
  const edges = edgesOf(useParameters().data);
  const { result } = record;
  return (
    <Page
      kind={t('assessment.kind')}
      sentence={sentenceOf(record, words)}
      wide
      aside={
        <>
          {may('assessment:write') && (
            <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step: 'firm' }} className="action">
              {t('assessment.edit')}
            </Link>
          )}
          <Link to="/assessments/$assessment/exposure" params={{ assessment: record.id }} className="action">
            {t('riskExposure.kind')}
          </Link>
          {may('submission:write') && (
            <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step: 'cover' }} className="action action-main">
              {t('assessment.getQuote')}
            </Link>
          )}
          <Button onClick={() => print()} icon={<Icon name="print" />} className="no-print">
            {t('assessment.printed')}
          </Button>
        </>
      }
    >
      <div className="two">
        <ScoreGauge data={{ ...result, passLine: result.gate.passLine }} edges={edges} />
        <GateBox record={record} findings={findings.data?.findings ?? []} />
      </div>
      <Source
        parts={[
          [t('assessment.asOf'), dateTime(result.at)],
          [t('assessment.version', { n: record.version }), <IdMark key="id" id={record.id} />],
          [t('assessment.profile'), profile ? of(profile.title) : result.profile],
          [t('assessment.confidence'), number(result.confidence, 2)],
        ]}
      />
      <DimensionRadar dimensions={result.dimensions} />
      <ScoringProfile record={record} />
      <Contradictions record={record} />
      <Section title={t('assessment.findings')}>
        <Awaited query={findings}>{(page) => <Findings assessment={record.id} findings={labelledBy(page.findings, repairs ?? [])} />}</Awaited>
      </Section>
      <Section title={t('assessment.derivation')} note={t('assessment.derivationNote')}>
        <Derivation record={record} findings={findings.data?.findings ?? []} />
      </Section>
      <ReportCard record={record} />
      <CompareDates record={record} />
      <DataSources record={record} />
      <History record={record} />
      <Reports record={record} />
    </Page>
  );
}

/** S5: the score, the gate, the six dimensions, every finding, and how the score came about down to the evidence. */
export function AssessmentPage() {
  const { assessment } = useParams({ from: '/inside/assessments/$assessment' });
  const record = useAssessment(assessment);
  return <AwaitedPage query={record}>{(found) => <Report record={found} />}</AwaitedPage>;
}
