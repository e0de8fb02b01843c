import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { assetTitle, type Severity } from '../../../../src/domain/assessment/index.ts';
import type { CountedFinding } from '../../../api/wire.ts';
import { dateTime, none, number, percent } from '../../../format.ts';
import { placeOf } from '../../../parts/asset-name.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { LabelMark, SeverityMark } from '../../../parts/severity.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { Term } from '../../../parts/term.tsx';
import { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';

const severities = Object.keys(zh.severity) as Severity[];
const labels = Object.keys(zh.label) as CountedFinding['label'][];

interface Filter {
  readonly severity: Severity | '';
  readonly label: CountedFinding['label'] | '';
  readonly text: string;
}

const matches = (finding: CountedFinding, { severity, label, text }: Filter): boolean => {
  const sought = text.trim().toLowerCase();
  const where = [finding.title, finding.asset.name, placeOf(finding.asset), finding.checkId, ...finding.cves].join('\n').toLowerCase();
  return (severity === '' || finding.severity === severity) && (label === '' || (finding.counts && finding.label === label)) && where.includes(sought);
};

const weight = (finding: CountedFinding): number => (finding.counts ? 0 : 100) + (finding.knownExploited ? 0 : 10) + severities.indexOf(finding.severity);
const worstFirst = (a: CountedFinding, b: CountedFinding): number => weight(a) - weight(b) || b.contribution - a.contribution || a.title.localeCompare(b.title);

/** Why a finding does not count; null when it does. */
export function Uncounted({ finding }: { finding: CountedFinding }) {
  const { t } = useWords();
  if (finding.counts) return null;
  return <span className="faint">{t(finding.suppressed ? 'assessment.suppressed' : finding.inScope ? 'assessment.notCounted' : 'assessment.outOfScope')}</span>;
}

/** Everything known of one finding: foreign text is shown as text, never as markup. */
export function FindingPanel({ finding, onClose }: { finding: CountedFinding; onClose: () => void }) {
  const { t, of } = useWords();
  const rows: [string, string][] = [
    [
      t('assessment.asset'),
      [of(assetTitle(placeOf(finding.asset))), finding.asset.service, finding.asset.version].filter((part) => part !== null && part !== '').join(' · '),
    ],
    [t('assessment.tool'), `${finding.tool} · ${t('assessment.check')} ${finding.checkId}`],
    [t('assessment.toolSays'), finding.toolSeverity || none],
    [t('assessment.cves'), finding.cves.join(t('punctuation.list')) || none],
    [t('assessment.cvss'), finding.cvss?.score == null ? none : `${number(finding.cvss.score, 1)} ${finding.cvss.vector ?? ''}`],
    [t('assessment.epss'), finding.epss === null ? none : percent(finding.epss, 2)],
    [t('assessment.firstSeen'), finding.firstSeen ? dateTime(finding.firstSeen) : none],
    [t('assessment.lastSeen'), finding.lastSeen ? dateTime(finding.lastSeen) : none],
    [t('assessment.condition'), finding.condition ?? none],
  ];
  return (
    <Panel title={finding.title} onClose={onClose}>
      <p className="marks">
        <SeverityMark severity={finding.severity} />
        {finding.counts && <LabelMark label={finding.label} />}
        {finding.knownExploited && <span className="label label-must-fix">{t('assessment.kev')}</span>}
        {finding.knownRansomware && <span className="label label-must-fix">{t('assessment.ransomware')}</span>}
        <Uncounted finding={finding} />
      </p>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="break">{value}</dd>
          </div>
        ))}
      </dl>
      {finding.evidence && (
        <>
          <h3>{t('assessment.evidence')}</h3>
          <pre className="foreign" tabIndex={0}>
            {finding.evidence}
          </pre>
        </>
      )}
      {finding.remedy && (
        <>
          <h3>{t('assessment.remedy')}</h3>
          <p className="foreign">{finding.remedy}</p>
        </>
      )}
    </Panel>
  );
}

function Filters({ filter, change }: { filter: Filter; change: (filter: Filter) => void }) {
  const { t } = useWords();
  return (
    <div className="filters no-print">
      <Input
        data-search
        allowClear
        aria-label={t('assessment.filterText')}
        placeholder={t('assessment.filterText')}
        value={filter.text}
        onChange={(event) => change({ ...filter, text: event.target.value })}
      />
      <select
        className="select"
        aria-label={t('assessment.filterSeverity')}
        value={filter.severity}
        onChange={(event) => change({ ...filter, severity: event.target.value as Filter['severity'] })}
      >
        <option value="">
          {t('assessment.filterSeverity')}
          {t('punctuation.colon')}
          {t('assessment.all')}
        </option>
        {severities.map((id) => (
          <option key={id} value={id}>
            {t(`severity.${id}`)}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={t('assessment.filterLabel')}
        value={filter.label}
        onChange={(event) => change({ ...filter, label: event.target.value as Filter['label'] })}
      >
        <option value="">
          {t('assessment.filterLabel')}
          {t('punctuation.colon')}
          {t('assessment.all')}
        </option>
        {labels.map((id) => (
          <option key={id} value={id}>
            {t(`label.${id}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

const pageSize = 50;

/** The findings with filters; a row opens everything known of it. */
export function Findings({ assessment, findings }: { assessment: string; findings: readonly CountedFinding[] }) {
  const { t, of } = useWords();
  const [filter, setFilter] = useState<Filter>({ severity: '', label: '', text: '' });
  const [open, setOpen] = useState<CountedFinding | null>(null);
  const [limit, setLimit] = useState(pageSize);
  const shown = useMemo(() => findings.filter((finding) => matches(finding, filter)).sort(worstFirst), [findings, filter]);
  const columns: Column<CountedFinding>[] = [
    { id: 'severity', title: t('assessment.severity'), bare: true, cell: (one) => <SeverityMark severity={one.severity} /> },
    {
      id: 'title',
      title: t('assessment.title'),
      heads: true,
      cell: (one) => (
        <button type="button" className="row-open" onClick={() => setOpen(one)}>
          {one.title}
        </button>
      ),
    },
    {
      id: 'asset',
      title: t('assessment.asset'),
      bare: true,
      cell: (one) => <span className="break">{of(assetTitle(placeOf(one.asset)))}</span>,
    },
    { id: 'effect', title: t('assessment.effect'), bare: true, cell: (one) => (one.counts ? <LabelMark label={one.label} /> : <Uncounted finding={one} />) },
    {
      id: 'kev',
      title: (
        <>
          {t('assessment.kev')} <Term name="kev" />
        </>
      ),
      wideOnly: true,
      cell: (one) => (one.knownExploited ? t('states.yes') : none),
    },
    { id: 'cvss', title: 'CVSS', align: 'right', wideOnly: true, cell: (one) => (one.cvss?.score == null ? none : number(one.cvss.score, 1)) },
  ];
  if (findings.length === 0) return <p className="faint">{t('assessment.noFindings')}</p>;
  return (
    <>
      <p className="section-note">{t('assessment.findingsNote', { total: findings.length, counted: findings.filter((one) => one.counts).length })}</p>
      <Filters filter={filter} change={setFilter} />
      {shown.length === 0 ? (
        <p>
          {t('states.noRows')} ·{' '}
          <button type="button" className="link" onClick={() => setFilter({ severity: '', label: '', text: '' })}>
            {t('actions.clear')}
          </button>
        </p>
      ) : (
        <Table
          caption={t('assessment.findings')}
          columns={columns}
          rows={shown.slice(0, limit)}
          keyOf={(one) => one.id}
          exported={{ from: `/api/exports/assessments/${assessment}/findings`, filters: { ...filter } }}
        />
      )}
      {shown.length > limit && (
        <p>
          <button type="button" className="link" onClick={() => setLimit(limit + pageSize)}>
            {t('actions.more')} ({shown.length - limit})
          </button>
        </p>
      )}
      {open && <FindingPanel finding={open} onClose={() => setOpen(null)} />}
    </>
  );
}
