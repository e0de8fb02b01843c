import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { number } from '../../format.ts';
import { AssetName, placeOf } from '../../parts/asset-name.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import type { Review } from './queries.ts';

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
/** Every finding is one of these, so that they add up to the total. */
export const standings = ['fresh', 'known', 'reopened', 'repeated', 'out-of-scope'] as const;
type Reviewed = Review['findings'][number];

/** What the draft amounts to, as figures. */
export function Counts({ counts, bySeverity }: Pick<Review, 'counts' | 'bySeverity'>) {
  const { t } = useWords();
  return (
    <>
      <dl className="import-counts">
        {(['total', ...standings] as const).map((name) => (
          <div key={name}>
            <dt>{t(`imports.standings.${name}`)}</dt>
            <dd className="num">{number(counts[name])}</dd>
          </div>
        ))}
      </dl>
      <p className="faint num">
        {number(counts.total)} = {standings.map((name) => number(counts[name])).join(' + ')}
      </p>
      {counts.resolved > 0 && <p>{t('imports.resolved', { count: counts.resolved })}</p>}
      <p className="job-severities" aria-label={t('imports.severities')}>
        {severities.map((severity) => (
          <span key={severity}>
            <SeverityMark severity={severity} /> <span className="num">{bySeverity[severity] ?? 0}</span>
          </span>
        ))}
      </p>
    </>
  );
}

function Standing({ row, assessment }: { row: Reviewed; assessment: string }) {
  const { t } = useWords();
  const said = t(`imports.standings.${row.standing}`);
  if (row.known.length === 0) return <span>{said}</span>;
  return (
    <Link to="/assessments/$assessment/fixes" params={{ assessment }}>
      {said}
    </Link>
  );
}

/** How many rows a page of the preview has. */
export const pageRows = 50;

/** Which rows are shown, and the way to the others. */
export function Pager({ offset, shown, total, onGo }: { offset: number; shown: number; total: number; onGo: (offset: number) => void }) {
  const { t } = useWords();
  if (total <= pageRows) return null;
  return (
    <nav className="row" aria-label={t('imports.pages')}>
      <Button disabled={offset === 0} onClick={() => onGo(Math.max(0, offset - pageRows))}>
        {t('imports.pageBefore')}
      </Button>
      <span className="num">{t('imports.pageOf', { from: number(shown === 0 ? 0 : offset + 1), to: number(offset + shown), total: number(total) })}</span>
      <Button disabled={offset + shown >= total} onClick={() => onGo(offset + pageRows)}>
        {t('imports.pageNext')}
      </Button>
    </nav>
  );
}

/** Findings of a draft as rows, each with what it would be once it counts. */
export function FindingRows({ rows, assessment, caption, empty }: { rows: readonly Reviewed[]; assessment: string; caption: string; empty: string }) {
  const { t } = useWords();
  const columns: Column<Reviewed>[] = [
    { id: 'title', title: t('imports.finding'), heads: true, cell: ({ finding }) => <span className="break">{finding.title}</span> },
    { id: 'severity', title: t('imports.severity'), cell: ({ finding }) => <SeverityMark severity={finding.severity} /> },
    { id: 'asset', title: t('imports.asset'), cell: ({ finding }) => <AssetName name={placeOf(finding.asset)} /> },
    { id: 'cves', title: t('imports.cves'), wideOnly: true, cell: ({ finding }) => finding.cves.slice(0, 3).join(', ') || '--' },
    { id: 'standing', title: t('imports.standing'), cell: (row) => <Standing row={row} assessment={assessment} /> },
  ];
  return (
    <Table
      dense
      caption={caption}
      columns={columns}
      rows={rows}
      keyOf={({ item, finding }) => `${item} ${finding.id}`}
      empty={<p className="faint">{empty}</p>}
    />
  );
}
