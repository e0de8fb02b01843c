import type { FirmProfile } from '../../../../src/domain/parties/index.ts';
import { MergeView } from '../../../forms/merge-view.tsx';
import type { Conflict } from '../../../forms/use-merging-save.ts';
import { exactMoney } from '../../../format.ts';
import type { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';

const labels: Readonly<Record<string, keyof typeof zh.apply>> = {
  ...{ name: 'name', creditCode: 'creditCode', industry: 'industry', gbt4754: 'gbt4754', employees: 'employees', annualRevenue: 'revenue' },
  ...{ personalRecords: 'records', securitySpend: 'spend', assets: 'assetsTitle', pastClaims: 'pastClaims' },
};

interface FirmConflictProps {
  readonly conflict: Conflict<FirmProfile>;
  readonly resolve: (mineKept: readonly string[]) => Promise<void>;
  readonly later: () => void;
}

/** Facts of the firm that two people changed at once. */
export function FirmConflict({ conflict, resolve, later }: FirmConflictProps) {
  const { t, language } = useWords();
  const nameOf = (key: string): string => t(`apply.${labels[key] ?? (key as 'name')}`);
  const shown = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('states.notStated');
    if (Array.isArray(value))
      return value.map((one: { name?: string; on?: string }) => one.name ?? one.on ?? '').join(t('punctuation.list')) || t('states.notStated');
    if (typeof value === 'object' && 'minor' in value) return exactMoney(value as FirmProfile['annualRevenue'], language);
    return typeof value === 'boolean' ? t(value ? 'answer.yes' : 'answer.no') : String(value as string);
  };
  return <MergeView conflict={conflict as never} nameOf={nameOf} shown={shown} onResolve={(mine) => void resolve(mine)} onLater={later} />;
}
