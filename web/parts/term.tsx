import { useState } from 'react';
import { useWords } from '../words.ts';
import { Icon } from './icon.tsx';
import { Panel } from './panel.tsx';

export const terms = [
  'gate',
  'passLine',
  'score',
  'grade',
  'confidence',
  'kev',
  'epss',
  'cvss',
  'retention',
  'limit',
  'waiting',
  'subLimit',
  'worksheet',
  'prior',
  'rateOnLine',
  'vat',
  'whatIf',
  'creditCode',
  'personalRecords',
  'industrialControl',
  'criticalInfrastructure',
  'findings',
] as const;
export type TermName = (typeof terms)[number];

/** “这是什么” beside a word of the trade: one plain paragraph, in a dialog that works by touch and by keyboard. */
export function Term({ name }: { name: TermName }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="term" aria-label={t('terms.ask', { term: t(`terms.${name}.title`) })} onClick={() => setOpen(true)}>
        <Icon name="help" size={16} />
      </button>
      {open && (
        <Panel at="middle" title={t(`terms.${name}.title`)} onClose={() => setOpen(false)}>
          <p>{t(`terms.${name}.text`)}</p>
        </Panel>
      )}
    </>
  );
}
