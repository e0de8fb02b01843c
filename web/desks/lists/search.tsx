import { Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../../words.ts';

/** Rows whose firm contains what is typed, with the field to type it in. `/` brings the focus there. */
export function useFirmSearch<T>(rows: readonly T[], firmOf: (row: T) => string): { shown: T[]; field: React.ReactNode } {
  const { t } = useWords();
  const [text, setText] = useState('');
  const sought = text.trim().toLowerCase();
  const field = (
    <Input
      data-search
      allowClear
      className="search"
      aria-label={t('lists.filter')}
      placeholder={t('lists.filter')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
  return { shown: rows.filter((row) => firmOf(row).toLowerCase().includes(sought)), field };
}
