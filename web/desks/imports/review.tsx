import { Link } from '@tanstack/react-router';
import { number } from '../../format.ts';
import { SeverityMark } from '../../parts/severity.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import type { Review } from './queries.ts';

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
type Reviewed = Review['findings'][number];

/** What the draft amounts to, as figures. */
export function Counts({ counts, bySeverity }: Pick<Review, 'counts' | 'bySeverity'>) {
  const { t } = useWords();
  return (
    <>
      <dl className="import-counts">
        {(['total', 'fresh', 'known', 'repeated', 'outOfScope'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`imports.${name}`)}</dt>
            <dd className="num">{number(counts[name])}</dd>
          </div>
        ))}
      </dl>
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
  const said = [
    row.known.length > 0 ? (
      <Link key="known" to="/assessments/$assessment/fixes" params={{ assessment }}>
        {t('imports.known')}
      </Link>
    ) : null,
    row.repeated ? <span key="repeated">{t('imports.repeated')}</span> : null,
    row.inScope ? null : <span key="out">{t('imports.outOfScope')}</span>,
  ].filter(Boolean);
  return <span className="import-standing">{said.length === 0 ? t('imports.standingFresh') : said}</span>;
}

/** Findings of a draft as rows, each with what it would be once it counts. */
export function FindingRows({ rows, assessment, caption, empty }: { rows: readonly Reviewed[]; assessment: string; caption: string; empty: string }) {
  const { t } = useWords();
  const columns: Column<Reviewed>[] = [
    { id: 'title', title: t('imports.finding'), heads: true, cell: ({ finding }) => <span className="break">{finding.title}</span> },
    { id: 'severity', title: t('imports.severity'), cell: ({ finding }) => <SeverityMark severity={finding.severity} /> },
    { id: 'asset', title: t('imports.asset'), cell: ({ finding }) => <code className="break">{finding.asset.host ?? finding.asset.name}</code> },
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
