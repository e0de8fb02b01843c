import { useMutation } from '@tanstack/react-query';
import { download } from '../api/download.ts';
import type { Address } from '../api/request.ts';
import { useWords } from '../words.ts';
import { Icon } from './icon.tsx';
import { ProblemNote } from './states.tsx';

/** Where the rows of a table come from, so that all of them can be had as a file. */
export interface Exported {
  readonly from: Extract<Address, `/api/exports/${string}`>;
  /** The filters in force, as the list operation calls them; those that are empty are left out. */
  readonly filters?: Readonly<Record<string, string | undefined>>;
  /** Sent instead of a query where the list takes a body. */
  readonly body?: object;
  /** The table is filtered by something that the list operation does not know: the file then holds more than the table shows, and says so. */
  readonly all?: boolean;
}

/** Downloads all rows of a list under its filters, as CSV or for Excel. */
export function ExportControl({ caption, exported: { from, filters = {}, body, all = false } }: { caption: string; exported: Exported }) {
  const { t, language } = useWords();
  const making = useMutation({
    mutationFn: (format: 'csv' | 'xlsx') => {
      if (body !== undefined) return download(from, { ...body, format, language });
      const query = new URLSearchParams({ format, language });
      for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
      return download(`${from}?${query.toString()}`);
    },
  });
  return (
    <div className="export no-print">
      <span className="export-name">
        <Icon name="download" /> {t(all ? 'reports.exportAll' : 'reports.export')}
      </span>
      {(['csv', 'xlsx'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="link"
          disabled={making.isPending}
          aria-label={t('reports.exportAs', { caption, format: t(`reports.${format}`) })}
          onClick={() => making.mutate(format)}
        >
          {t(`reports.${format}`)}
        </button>
      ))}
      <span role="status" className="faint">
        {making.isPending && t('reports.exporting')}
      </span>
      {making.error && <ProblemNote problem={making.error} />}
    </div>
  );
}
