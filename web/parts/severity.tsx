import type { Severity } from '../../src/domain/assessment/index.ts';
import { useWords } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';

const icons: Record<Severity, IconName> = { critical: 'stop', high: 'alert', medium: 'alert', low: 'info', info: 'info' };

/** A severity by icon, word and colour together. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useWords();
  return (
    <span className={`severity severity-${severity}`}>
      <Icon name={icons[severity]} size={14} />
      {t(`severity.${severity}`)}
    </span>
  );
}

/** What a finding or a repair means for the contract: must be repaired before cover, moves the premium, or is advice. */
export function LabelMark({ label }: { label: 'must-fix' | 'affects-premium' | 'advice' }) {
  const { t } = useWords();
  return <span className={`label label-${label}`}>{t(`label.${label}`)}</span>;
}
