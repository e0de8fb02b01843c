import { Button } from 'antd';
import { useId, useState } from 'react';
import type { Currency } from '../../../src/domain/basics/index.ts';
import { tableText } from '../../../src/domain/readers/index.ts';
import { plainMoney } from '../../format.ts';
import { Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useEnrol, type Enrolled } from './queries.ts';

function Faults({ faults }: { faults: Enrolled['faults'] }) {
  const { t, of } = useWords();
  if (faults.length === 0) return null;
  return (
    <>
      <h3>{t('master.faults')}</h3>
      <Table
        caption={t('master.faults')}
        rows={faults.slice(0, 200)}
        keyOf={({ row, column, code }) => `${row} ${column} ${code}`}
        columns={[
          { id: 'row', title: t('master.row'), heads: true, cell: ({ row }) => row },
          { id: 'column', title: t('master.column'), cell: ({ column }) => t(`master.columns.${column as 'name'}`) },
          { id: 'fault', title: t('master.fault'), cell: ({ text }) => of(text) },
        ]}
      />
    </>
  );
}

function NewMembers({ rows, currency }: { rows: Enrolled['issue']; currency: Currency }) {
  const { t } = useWords();
  if (rows.length === 0) return null;
  return (
    <Table
      caption={t('master.certificates')}
      rows={rows.slice(0, 200)}
      keyOf={({ row }) => String(row)}
      dense
      columns={[
        { id: 'row', title: t('master.row'), cell: ({ row }) => row },
        { id: 'member', title: t('master.member'), heads: true, cell: ({ member }) => member },
        { id: 'limit', title: t('master.limit'), align: 'right', cell: ({ limitMinor }) => plainMoney({ currency, minor: limitMinor }) },
        { id: 'from', title: t('master.from'), cell: ({ from }) => from },
      ]}
    />
  );
}

/** Firms come in by a file: it is tried when it is chosen, and enrolled only when nothing in it is wrong. */
export function Enrol({ master, currency }: { master: string; currency: Currency }) {
  const { t } = useWords();
  const field = useId();
  const enrol = useEnrol(master);
  const [csv, setCsv] = useState<string | null>(null);
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const text = tableText(new Uint8Array(await file.arrayBuffer()));
    setCsv(text);
    enrol.mutate({ csv: text, dryRun: true });
  };
  const answer = enrol.data;
  const counts = answer && { issue: answer.issue.length, unchanged: answer.unchanged.length, faults: answer.faults.length };
  return (
    <Section title={t('master.enrol')} note={t('master.enrolNote')}>
      <p>
        <label htmlFor={field}>{t('master.file')}</label>{' '}
        <input
          id={field}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </p>
      {enrol.error && <ProblemNote problem={enrol.error} />}
      {answer && counts && (
        <>
          <p role="status" className={counts.faults > 0 ? 'bad' : 'good'}>
            {t(answer.dryRun ? 'master.tried' : 'master.done', counts)}
          </p>
          <Faults faults={answer.faults} />
          {answer.dryRun && <NewMembers rows={answer.issue} currency={currency} />}
          {answer.dryRun && counts.faults === 0 && counts.issue > 0 && (
            <Button type="primary" loading={enrol.isPending} onClick={() => enrol.mutate({ csv, dryRun: false })}>
              {t('master.enrolDo', { n: counts.issue })}
            </Button>
          )}
        </>
      )}
    </Section>
  );
}
