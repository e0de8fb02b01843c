import { Link, Navigate } from '@tanstack/react-router';
import { ScoreGauge } from '../charts/score-gauge.tsx';
import { useAssessment, usePolicies, useAssessments, useParameters, useQuotes, useRepairs, useSession, useSubmissions } from '../api/queries.ts';
import type { AssessmentRecord, AssessmentSummary, PolicyRecord, QuoteSummary, RepairEffect, Session } from '../api/wire.ts';
import { keptDraft } from '../forms/autosave.ts';
import { useCover } from '../forms/cover.ts';
import type { FirmDraft } from '../forms/firm-draft.ts';
import { dateTime, day, number } from '../format.ts';
import { Amount } from '../parts/amount.tsx';
import { Icon } from '../parts/icon.tsx';
import { LoopRing, type LoopStep } from '../parts/loop-ring.tsx';
import { Page, Section } from '../parts/page.tsx';
import { LabelMark } from '../parts/severity.tsx';
import { Awaited, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords, type Wording } from '../words.ts';
import { steps } from './applicant/apply/steps.ts';
import { WaitingCancellations } from './cancellation/waiting.tsx';
import { cancelledSentence, daysLeft } from './applicant/policy.tsx';
import { useSubmissionColumns } from './lists/submissions.tsx';

/** How far a firm is: its newest assessment, the newest quote that can still be bound, the policy that is in force or will be. */
interface Standing {
  readonly assessment: AssessmentSummary | undefined;
  readonly quote: QuoteSummary | undefined;
  readonly policy: PolicyRecord | undefined;
}

const stepOf = ({ assessment, quote, policy }: Standing): LoopStep =>
  policy ? 'watch' : quote ? 'insure' : assessment && !assessment.gatePassed ? 'treat' : 'assess';

function policySentence({ policy }: PolicyRecord, { t, money }: Pick<Wording, 't' | 'money'>, now = Date.now()): string {
  const { period, premium, cancellation } = policy;
  if (cancellation !== null) return cancelledSentence(cancellation, t, now);
  if (Date.parse(period.from) > now) return t('home.sentencePolicyFuture', { date: day(period.from), premium: money(premium.total) });
  return t('home.sentencePolicy', { days: daysLeft(period.to, now), premium: money(premium.total) });
}

function sentenceOf({ assessment, quote, policy }: Standing, { t, money }: Wording): string {
  if (policy) return policySentence(policy, { t, money });
  if (quote)
    return t('home.sentenceQuote', { premium: money({ currency: quote.currency, minor: quote.totalMinor }), date: dateTime(quote.validUntil).slice(0, 10) });
  if (!assessment) return t('home.sentenceNone');
  const score = assessment.confidence < 0.4 ? `${number(assessment.low)}–${number(assessment.high)}` : number(assessment.score, 1);
  return t('home.sentenceOpen', { firm: assessment.firm, score, gate: t(assessment.gatePassed ? 'home.gatePassed' : 'home.gateMissed') });
}

/** The steps of the application by the names that they carry there. */
function StepsAhead() {
  const { t } = useWords();
  return (
    <ol className="steps-ahead">
      {steps.map((step, i) => (
        <li key={step}>
          <b aria-hidden="true">{i + 1}</b>
          <div>
            <strong>{t(`apply.${step}`)}</strong>
            <p>{t(`apply.${step}Sentence`)}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The one or two next steps of a firm, as large buttons. */
function NextSteps({ standing, session }: { standing: Standing; session: Session }) {
  const { t } = useWords();
  const { assessment, quote, policy } = standing;
  const { permissions: may, organisation } = session;
  const owned = useAssessment(assessment?.id ?? '').data?.organisation === organisation?.id;
  // An assessor works on what firms give it to read; an application is the firm's own or its broker's.
  const starts = may.includes('assessment:write') && organisation?.kind !== 'assessor';
  const draft = starts ? keptDraft<FirmDraft>('firm.new') : null;
  return (
    <div className="next-steps">
      {policy && (
        <Link to="/policies/$policy" params={{ policy: policy.id }} className="action action-main">
          <Icon name="shield" /> {t('home.openPolicy')}
        </Link>
      )}
      {quote && !policy && (
        <Link to="/quotes/$quote" params={{ quote: quote.id }} className="action action-main">
          <Icon name="quote" /> {t('home.openQuote')}
        </Link>
      )}
      {assessment && (
        <Link to="/assessments/$assessment" params={{ assessment: assessment.id }} className="action">
          <Icon name="gauge" /> {t('home.openAssessment')}
        </Link>
      )}
      {assessment && (
        <Link to="/assessments/$assessment/fixes" params={{ assessment: assessment.id }} className="action">
          {t('assessment.openFixes')}
        </Link>
      )}
      {assessment && !policy && owned && may.includes('assessment:write') && (
        <Link to="/apply/$assessment/$step" params={{ assessment: assessment.id, step: 'assets' }} className="action">
          {t('home.continue')}
        </Link>
      )}
      {starts && (
        <Link to="/apply/$assessment/$step" params={{ assessment: 'new', step: 'firm' }} className={`action ${assessment ? '' : 'action-main'}`}>
          {draft ? [t('home.continueDraft'), draft.name.trim()].filter(Boolean).join(' · ') : t(assessment ? 'home.again' : 'home.start')}
        </Link>
      )}
    </div>
  );
}

/** The newest score, small; the whole assessment is one touch away. */
function HomeScore({ summary }: { summary: AssessmentSummary }) {
  const { t } = useWords();
  const record = useAssessment(summary.id).data;
  const parameters = useParameters().data;
  const edges = (['a', 'b', 'c', 'd'] as const).map((grade) => parameters?.get(`grade.${grade}`)?.value ?? null);
  if (!record) return null;
  return (
    <div className="home-score">
      <p className="faint">
        {summary.firm} · {t('assessment.gauge')}
      </p>
      <ScoreGauge plain edges={edges} data={{ ...record.result, passLine: record.result.gate.passLine }} />
    </div>
  );
}

/** The three repairs that are worth most: those the gate asks for first, then those that save most. */
function Todo({ assessment }: { assessment: string }) {
  const { t, of } = useWords();
  const record = useAssessment(assessment).data;
  return record ? <TodoList record={record} t={t} of={of} /> : null;
}

function TodoList({ record, t, of }: { record: AssessmentRecord } & Pick<Wording, 't' | 'of'>) {
  const { cover } = useCover(record);
  const repairs = useRepairs(record.id, record.version, cover).data?.repairs ?? [];
  const must = (repair: RepairEffect): number => (repair.label === 'must-fix' ? 0 : 1);
  const top = repairs
    .filter((repair) => repair.premiumDelta < 0 || must(repair) === 0)
    .sort((a, b) => must(a) - must(b) || a.premiumDelta - b.premiumDelta)
    .slice(0, 3);
  if (top.length === 0 || !cover) return null;
  return (
    <Section
      title={t('home.todo')}
      actions={
        <Link to="/assessments/$assessment/fixes" params={{ assessment: record.id }}>
          {t('assessment.openFixes')}
        </Link>
      }
    >
      <ul className="repairs">
        {top.map((repair) => (
          <li key={repair.id} className="todo">
            <LabelMark label={repair.label} />
            <span>{of(repair.title)}</span>
            <span className="num">
              {repair.premiumDelta < 0 && (
                <>
                  {t('fixes.savesA')} <Amount money={{ currency: cover.currency, minor: -repair.premiumDelta }} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FirmHome({ session }: { session: Session }) {
  const words = useWords();
  const assessments = useAssessments();
  const quotes = useQuotes().data?.items ?? [];
  const policies = usePolicies().data?.items ?? [];
  const now = Date.now();
  const quote = quotes.find((one) => one.state === 'quoted' && Date.parse(one.validUntil) > now);
  const policy = policies.find((one) => Date.parse(one.policy.period.to) > now);
  const standing: Standing = { assessment: assessments.data?.items[0], quote, policy };
  return (
    <Page kind={words.t('home.kind')} sentence={sentenceOf(standing, words)}>
      <Awaited query={assessments}>
        {() => (
          <>
            <div className="home-top">
              <LoopRing at={stepOf(standing)} size={220} />
              {standing.assessment && <HomeScore summary={standing.assessment} />}
              <NextSteps standing={standing} session={session} />
            </div>
            {standing.assessment && <Todo assessment={standing.assessment.id} />}
            {!standing.assessment && (
              <Section title={words.t('home.steps')}>
                <StepsAhead />
              </Section>
            )}
          </>
        )}
      </Awaited>
    </Page>
  );
}

function InsurerHome() {
  const { t } = useWords();
  const page = useSubmissions();
  const columns = useSubmissionColumns();
  const count = page.data?.items.length ?? 0;
  return (
    <Page kind={t('home.kind')} sentence={count > 0 ? t('home.insurerSentence', { count }) : t('home.insurerNone')} wide>
      <WaitingCancellations />
      <Awaited query={page}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('home.insurerNone')} />
          ) : (
            <Section title={t('home.latest')} actions={<Link to="/submissions">{t('actions.more')}</Link>}>
              <Table caption={t('home.latest')} columns={columns} rows={items.slice(0, 8)} keyOf={(one) => one.id} onOpen={() => undefined} />
            </Section>
          )
        }
      </Awaited>
    </Page>
  );
}

function OtherHome({ session }: { session: Session }) {
  const { t } = useWords();
  return (
    <Page kind={t('home.kind')} sentence={`${session.organisation?.name ?? ''} · ${t('home.elsewhere')}`}>
      <LoopRing at="assess" />
    </Page>
  );
}

/** The first page after sign-in, by the side of the table that one sits on. */
export function Home() {
  const session = useSession().data;
  if (!session) return null;
  if (session.permissions.includes('section:answer') && !session.permissions.includes('assessment:read')) return <Navigate to="/my-sections" />;
  if (session.organisation?.kind === 'insurer') return <InsurerHome />;
  return session.permissions.includes('assessment:read') ? <FirmHome session={session} /> : <OtherHome session={session} />;
}
