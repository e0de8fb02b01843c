import { Button } from 'antd';
import { useState } from 'react';
import type { Industry } from '../../../../src/domain/parties/index.ts';
import { useAssessments, useSession } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { ChoiceField, CountField, TextField } from '../../../forms/field.tsx';
import { keepDraft } from '../../../forms/autosave.ts';
import { draftOf, firmFaults, type FirmDraft } from '../../../forms/firm-draft.ts';
import { dateTime } from '../../../format.ts';
import { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';
import { faultText, useFirmForm } from './firm-form.ts';
import { StepFrame } from './step-frame.tsx';

const industries = Object.keys(zh.industry) as Industry[];

/** Takes over the facts and answers of the newest assessment, so that a renewal asks nothing twice. */
function Prefill({ onFill }: { onFill: (draft: FirmDraft) => void }) {
  const { t } = useWords();
  const newest = useAssessments().data?.items[0];
  const [filled, setFilled] = useState<AssessmentRecord | null>(null);
  if (!newest) return null;
  const fill = async () => {
    const earlier = await request<AssessmentRecord>('GET', `/api/assessments/${newest.id}`);
    keepDraft('answers.new', earlier.answers.answers);
    onFill(draftOf(earlier.firm));
    setFilled(earlier);
  };
  return (
    <p className="row">
      <Button onClick={() => void fill()}>{t('people.prefill')}</Button>
      <span role="status">{filled && t('people.prefilled', { firm: filled.firm.name, at: dateTime(filled.updatedAt) })}</span>
    </p>
  );
}

/** Step 1: who the firm is. */
export function FirmStep({ record, onNext }: { record: AssessmentRecord | null; onNext: () => void }) {
  const { t } = useWords();
  const organisation = useSession().data?.organisation;
  const { draft, change, saving } = useFirmForm(record, organisation?.kind === 'insured' ? organisation.name : '');
  const faults = firmFaults(draft);
  return (
    <StepFrame onNext={onNext} faults={Object.keys(faults).length} {...(record ? { saving } : {})}>
      {(tried) => {
        const error = (name: string, label: string) => faultText(tried ? faults[name] : undefined, label, t);
        const code = faults.creditCode && draft.creditCode.replace(/\s/g, '').length >= 18 ? faults.creditCode : tried ? faults.creditCode : undefined;
        return (
          <>
            {!record && <Prefill onFill={change} />}
            <TextField
              label={t('apply.name')}
              help={t('apply.nameHelp')}
              autoComplete="organization"
              value={draft.name}
              onChange={(name) => change({ name })}
              error={error('name', t('apply.name'))}
            />
            <TextField
              label={t('apply.creditCode')}
              help={t('apply.creditCodeHelp')}
              optional
              term="creditCode"
              value={draft.creditCode}
              onChange={(creditCode) => change({ creditCode })}
              error={faultText(code, '', t)}
            />
            <ChoiceField
              label={t('apply.industry')}
              value={draft.industry}
              empty={t('apply.choose')}
              options={industries.map((id) => [id, t(`industry.${id}`)] as const)}
              onChange={(industry) => change({ industry })}
              error={error('industry', t('apply.industry'))}
            />
            <CountField
              label={t('apply.employees')}
              help={t('apply.employeesHelp')}
              unit={t('apply.people')}
              value={draft.employees}
              onChange={(employees) => change({ employees })}
              error={error('employees', t('apply.employees'))}
            />
            <TextField
              label={t('apply.gbt4754')}
              help={t('apply.gbt4754Help')}
              optional
              value={draft.gbt4754}
              onChange={(gbt4754) => change({ gbt4754 })}
              error={error('gbt4754', t('apply.gbt4754'))}
            />
          </>
        );
      }}
    </StepFrame>
  );
}
