import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAssessment } from '../../api/queries.ts';
import type { AssessmentRecord } from '../../api/wire.ts';
import { Page } from '../../parts/page.tsx';
import { AwaitedPage, Missing } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { AssetsStep } from './apply/assets-step.tsx';
import { BusinessStep } from './apply/business-step.tsx';
import { ConfirmStep } from './apply/confirm-step.tsx';
import { CoverStep } from './apply/cover-step.tsx';
import { FirmStep } from './apply/firm-step.tsx';
import { PriceAside } from './apply/price-aside.tsx';
import { QuestionsStep } from './apply/questions-step.tsx';
import { steps, type Step } from './apply/steps.ts';

const isStep = (step: string): step is Step => (steps as readonly string[]).includes(step);

function StepList({ at, assessment }: { at: Step; assessment: string }) {
  const { t } = useWords();
  const here = steps.indexOf(at);
  return (
    <nav className="steps" aria-label={t('apply.steps')}>
      <ol>
        {steps.map((step, i) => (
          <li key={step} className={i < here ? 'step-done' : i === here ? 'step-here' : ''}>
            {assessment === 'new' && i > 1 ? (
              <span>
                <b>{i + 1}</b>
                <em>{t(`apply.${step}`)}</em>
              </span>
            ) : (
              <Link to="/apply/$assessment/$step" params={{ assessment, step }} {...(i === here ? { 'aria-current': 'step' as const } : {})}>
                <b>{i + 1}</b>
                <em>{t(`apply.${step}`)}</em>
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** One step of the application: the list of steps, the form, and beside it why we ask and what it costs as things stand. */
function Frame({ step, record, children }: { step: Step; record: AssessmentRecord | null; children: ReactNode }) {
  const { t } = useWords();
  return (
    <Page kind={`${t('apply.kind')} · ${t('apply.stepOf', { n: steps.indexOf(step) + 1 })}`} sentence={t(`apply.${step}Sentence`)} wide>
      <StepList at={step} assessment={record?.id ?? 'new'} />
      <div className="with-aside">
        <div className="main-column">{children}</div>
        <aside className="aside" aria-label={t('apply.why')}>
          <section className="aside-box">
            <h2>{t('apply.why')}</h2>
            <p>{t(`why.${step}`)}</p>
          </section>
          <PriceAside record={record} />
        </aside>
      </div>
    </Page>
  );
}

function Fresh({ step }: { step: Step }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const go = (assessment: string, next: Step) => void navigate({ to: '/apply/$assessment/$step', params: { assessment, step: next } });
  return (
    <Frame step={step} record={null}>
      <p className="faint">{t('apply.draftKept')}</p>
      {step === 'firm' ? (
        <FirmStep record={null} onNext={() => go('new', 'business')} />
      ) : (
        <BusinessStep record={null} onBack={() => go('new', 'firm')} onNext={(id) => go(id, 'assets')} />
      )}
    </Frame>
  );
}

function Open({ record, step }: { record: AssessmentRecord; step: Step }) {
  const navigate = useNavigate();
  const go = (next: Step) => () => void navigate({ to: '/apply/$assessment/$step', params: { assessment: record.id, step: next } });
  const at = steps.indexOf(step);
  const onNext = go(steps[at + 1] ?? 'confirm');
  const onBack = go(steps[at - 1] ?? 'firm');
  const shared = { record, onNext, onBack };
  const form = {
    firm: <FirmStep {...shared} />,
    business: <BusinessStep {...shared} />,
    assets: <AssetsStep {...shared} />,
    questions: <QuestionsStep {...shared} />,
    cover: <CoverStep {...shared} />,
    confirm: <ConfirmStep record={record} onBack={onBack} />,
  }[step];
  return (
    <Frame step={step} record={record}>
      {form}
    </Frame>
  );
}

function Kept({ assessment, step }: { assessment: string; step: Step }) {
  const record = useAssessment(assessment);
  return <AwaitedPage query={record}>{(found) => <Open key={assessment} record={found} step={step} />}</AwaitedPage>;
}

/** The application, step by step. A new one lives on this device until its first two steps are complete; then the server keeps it. */
export function Apply() {
  const { assessment, step } = useParams({ from: '/inside/apply/$assessment/$step' });
  if (!isStep(step)) return <Missing />;
  if (assessment !== 'new') return <Kept assessment={assessment} step={step} />;
  return <Fresh step={step === 'business' ? 'business' : 'firm'} />;
}
