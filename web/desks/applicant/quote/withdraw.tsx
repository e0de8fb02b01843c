import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useWithdrawSubmission } from '../../../api/queries.ts';
import { TextField } from '../../../forms/field.tsx';
import { Section } from '../../../parts/page.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';

/** The sentence at the head of the page says that the quote has ended; this section is gone by then. */
const showOutcome = (): void => window.scrollTo(0, 0);

/** The applicant takes a submission back, behind a second look at what that ends. */
export function WithdrawSubmission({ submission }: { submission: string }) {
  const { t } = useWords();
  const withdraw = useWithdrawSubmission(submission);
  const key = useRef(crypto.randomUUID());
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  return (
    <Section title={t('quote.withdraw')} note={t('quote.withdrawNote')}>
      {withdraw.error && <ProblemNote problem={withdraw.error} />}
      {asked ? (
        <>
          <TextField label={t('quote.withdrawReason')} value={reason} onChange={setReason} />
          <div className="section-actions">
            <Button
              danger
              type="primary"
              disabled={reason.trim() === ''}
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ reason: reason.trim(), key: key.current }, { onSuccess: showOutcome })}
            >
              {t('quote.withdrawConfirm')}
            </Button>
            <Button onClick={() => setAsked(false)}>{t('actions.cancel')}</Button>
          </div>
        </>
      ) : (
        <Button onClick={() => setAsked(true)}>{t('quote.withdraw')}</Button>
      )}
    </Section>
  );
}
