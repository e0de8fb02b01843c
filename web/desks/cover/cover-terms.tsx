import { useState } from 'react';
import { useCoverages } from '../../api/queries.ts';
import type { RequestedCover } from '../../api/wire.ts';
import { MoneyField, TextField } from '../../forms/field.tsx';
import { parseAmount } from '../../forms/parse-amount.ts';
import { useWords } from '../../words.ts';

const yuan = (minor: number): string => String(minor / 100);

/** An amount that stays as typed while it is none yet, and follows the cover when something else moves it. */
function AmountOf({ label, minor, onChange }: { label: string; minor: number; onChange: (minor: number) => void }) {
  const [text, setText] = useState(yuan(minor));
  const read = parseAmount(text);
  const type = (next: string) => {
    setText(next);
    const understood = parseAmount(next);
    if (understood !== null) onChange(understood);
  };
  return <MoneyField label={label} value={read === null || read === minor ? text : yuan(minor)} onChange={type} />;
}

/** The terms of a cover as fields: limit, retention, the sub-limit and waiting period of each line. `atLimit` says what another limit makes of the lines. */
export function CoverTerms({
  cover,
  onChange,
  atLimit = (before, limitMinor) => ({ ...before, limitMinor }),
}: {
  cover: RequestedCover;
  onChange: (cover: RequestedCover) => void;
  atLimit?: (cover: RequestedCover, limitMinor: number) => RequestedCover;
}) {
  const { t, of } = useWords();
  const titles = new Map(useCoverages().data?.map((one) => [one.id, of(one.title)]));
  const line = (coverage: string, change: object) =>
    onChange({ ...cover, lines: cover.lines.map((one) => (one.coverage === coverage ? { ...one, ...change } : one)) });
  return (
    <>
      <AmountOf label={t('workbench.termLimit')} minor={cover.limitMinor} onChange={(minor) => minor > 0 && onChange(atLimit(cover, minor))} />
      <AmountOf label={t('workbench.termRetention')} minor={cover.retentionMinor} onChange={(retentionMinor) => onChange({ ...cover, retentionMinor })} />
      {cover.lines.map((one) => (
        <AmountOf
          key={one.coverage}
          label={t('workbench.termSubLimit', { coverage: titles.get(one.coverage) ?? one.coverage })}
          minor={one.subLimitMinor}
          onChange={(subLimitMinor) => line(one.coverage, { subLimitMinor })}
        />
      ))}
      {cover.lines
        .filter(({ waitingHours }) => waitingHours !== null)
        .map((one) => (
          <TextField
            key={one.coverage}
            label={t('workbench.termWaiting')}
            about={titles.get(one.coverage) ?? one.coverage}
            value={String(one.waitingHours)}
            onChange={(text) => line(one.coverage, { waitingHours: Number.isFinite(Number(text)) ? Number(text) : one.waitingHours })}
          />
        ))}
    </>
  );
}
