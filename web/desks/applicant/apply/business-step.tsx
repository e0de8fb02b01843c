import { Button } from 'antd';
import { useStartAssessment } from '../../../api/queries.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { dropDraft, keepDraft, keptDraft } from '../../../forms/autosave.ts';
import { CheckField, ChoiceField, CountField, MoneyField, TextField } from '../../../forms/field.tsx';
import { businessFaults, firmFaults, firmOf, traits, type FirmDraft } from '../../../forms/firm-draft.ts';
import { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';
import { faultText, useFirmForm, type FirmForm } from './firm-form.ts';
import { StepFrame } from './step-frame.tsx';

const perils = Object.keys(zh.peril) as (keyof typeof zh.peril)[];
const terms = { operatesIndustrialControl: 'industrialControl', criticalInfrastructure: 'criticalInfrastructure' } as const;

function Traits({ draft, change }: Pick<FirmForm, 'draft' | 'change'>) {
  const { t } = useWords();
  return (
    <fieldset className="group">
      <legend>{t('apply.traits')}</legend>
      {traits.map((trait) => (
        <CheckField
          key={trait}
          label={t(`apply.${trait}`)}
          checked={draft.traits[trait]}
          onChange={(on) => change({ traits: { ...draft.traits, [trait]: on } })}
          {...(trait in terms ? { term: terms[trait as keyof typeof terms] } : {})}
        />
      ))}
    </fieldset>
  );
}

function Claims({ draft, change, faults }: Pick<FirmForm, 'draft' | 'change'> & { faults: ReturnType<typeof businessFaults> }) {
  const { t } = useWords();
  const edit = (at: number, part: Partial<FirmDraft['claims'][number]>) =>
    change({ claims: draft.claims.map((claim, i) => (i === at ? { ...claim, ...part } : claim)) });
  return (
    <fieldset className="group">
      <legend>{t('apply.pastClaims')}</legend>
      {draft.claims.length === 0 && <p className="faint">{t('apply.noClaims')}</p>}
      {draft.claims.map((claim, i) => (
        <div className="claim" key={i}>
          <TextField
            label={t('apply.claimOn')}
            type="date"
            value={claim.on}
            onChange={(on) => edit(i, { on })}
            error={faultText(faults[`claims.${i}.on`], t('apply.claimOn'), t)}
          />
          <ChoiceField
            label={t('apply.claimPeril')}
            value={claim.peril as (typeof perils)[number]}
            options={perils.map((id) => [id, t(`peril.${id}`)] as const)}
            onChange={(peril) => edit(i, { peril })}
          />
          <MoneyField
            label={t('apply.claimAmount')}
            value={claim.amount}
            onChange={(amount) => edit(i, { amount })}
            error={faultText(faults[`claims.${i}.amount`], t('apply.claimAmount'), t)}
          />
          <CheckField label={t('apply.claimClosed')} checked={claim.closed} onChange={(closed) => edit(i, { closed })} />
          <Button onClick={() => change({ claims: draft.claims.filter((_, at) => at !== i) })}>{t('actions.remove')}</Button>
        </div>
      ))}
      <Button onClick={() => change({ claims: [...draft.claims, { on: '', peril: 'ransomware', amount: '', closed: true }] })}>{t('apply.addClaim')}</Button>
    </fieldset>
  );
}

/** Step 2: how large the business is and how much data it holds. Its end starts the assessment on the server. */
export function BusinessStep({ record, onNext, onBack }: { record: AssessmentRecord | null; onNext: (assessment: string) => void; onBack: () => void }) {
  const { t } = useWords();
  const { draft, change, saving } = useFirmForm(record);
  const start = useStartAssessment();
  const faults = businessFaults(draft);
  const goOn = () => {
    if (record) return onNext(record.id);
    if (Object.keys(firmFaults(draft)).length > 0) return onBack();
    start.mutate(firmOf(draft)!, {
      onSuccess: ({ id }) => {
        dropDraft('firm.new');
        const takenOver = keptDraft('answers.new');
        if (takenOver !== null) keepDraft(`answers.${id}`, takenOver);
        dropDraft('answers.new');
        onNext(id);
      },
    });
  };
  return (
    <StepFrame onBack={onBack} onNext={goOn} faults={Object.keys(faults).length} busy={start.isPending} problem={start.error} {...(record ? { saving } : {})}>
      {(tried) => {
        const error = (name: string, label: string) => faultText(tried ? faults[name] : undefined, label, t);
        return (
          <>
            <MoneyField
              label={t('apply.revenue')}
              help={t('apply.revenueHelp')}
              value={draft.revenue}
              onChange={(revenue) => change({ revenue })}
              error={error('revenue', t('apply.revenue'))}
            />
            <CountField
              label={t('apply.records')}
              help={t('apply.recordsHelp')}
              term="personalRecords"
              unit={t('apply.people')}
              value={draft.records}
              onChange={(records) => change({ records })}
              error={error('records', t('apply.records'))}
            />
            <MoneyField
              label={t('apply.spend')}
              help={t('apply.spendHelp')}
              optional
              value={draft.spend}
              onChange={(spend) => change({ spend })}
              error={error('spend', t('apply.spend'))}
            />
            <Traits draft={draft} change={change} />
            <Claims draft={draft} change={change} faults={tried ? faults : {}} />
          </>
        );
      }}
    </StepFrame>
  );
}
