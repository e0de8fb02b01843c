import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { numberLines } from '../../../src/domain/evaluation/index.ts';
import { useSession } from '../../api/queries.ts';
import { dateTime, number } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import './impact.css';
import { adjustedText, partName } from './names.ts';
import { useApproveRelease, useRelease } from './queries.ts';
import type { ReleaseRecord } from './wire.ts';

function Approve({ release }: { release: ReleaseRecord }) {
  const { t } = useWords();
  const session = useSession().data;
  const approve = useApproveRelease(release.id);
  if (release.state === 'approved' || !session?.permissions.includes('study:release')) return null;
  return session.user.id === release.proposedBy ? (
    <span className="faint">{t('impact.approveNote')}</span>
  ) : (
    <>
      <Button type="primary" onClick={() => approve.mutate()} loading={approve.isPending}>
        {t('impact.approve')}
      </Button>
      {approve.error && <ProblemNote problem={approve.error} />}
    </>
  );
}

type Finding = ReleaseRecord['summary']['findings'][number];

function PublicFinding({ finding, n }: { finding: Finding; n: number }) {
  const { t, of } = useWords();
  const lines = numberLines({ estimates: finding.estimates, tests: [], n }).map((line, index) => ({ ...line, id: String(index) }));
  const adjustedP = finding.adjustedP ?? null;
  const columns: Column<(typeof lines)[number]>[] = [
    { id: 'label', title: t('chart.item'), heads: true, cell: (line) => of(line.label) },
    { id: 'value', title: t('impact.value'), align: 'right', cell: (line) => line.value },
    { id: 'interval', title: t('impact.interval'), cell: (line) => <span className="num">{of(line.interval)}</span> },
  ];
  return (
    <Section title={of(finding.title)}>
      <div className="impact-reading">
        <p>{of(finding.words ?? finding.notComputable!)}</p>
        {adjustedP !== null && <p>{t('impact.adjustedSentence', { p: adjustedText(adjustedP) })}</p>}
        {lines.length > 0 && <Table dense caption={of(finding.title)} columns={columns} rows={lines} keyOf={(line) => line.id} />}
        {finding.caveats !== undefined && finding.caveats.length > 0 && (
          <ul className="method-box small">
            {finding.caveats.map((one) => (
              <li key={one.en}>{of(one)}</li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function ReleaseView({ release }: { release: ReleaseRecord }) {
  const words = useWords();
  const { t, of } = words;
  const { summary } = release;
  const mine = useSession().data?.organisation?.id === release.organisation;
  const columns: Column<(typeof summary.parts)[number]>[] = [
    { id: 'name', title: t('chart.item'), heads: true, cell: (part) => partName(part.name, words) },
    {
      id: 'firms',
      title: t('impact.firms'),
      align: 'right',
      cell: (part) => (part.firms === null ? t('impact.hiddenPart', { fewest: summary.fewestFirms }) : number(part.firms)),
    },
  ];
  return (
    <Page kind={t('impact.releases')} sentence={t('impact.publicSentence', { question: summary.question })} aside={<Approve release={release} />}>
      {mine && release.state === 'proposed' && (
        <p className="note note-warning">
          <Icon name="alert" /> {t('impact.questionPublished', { question: summary.question })}
        </p>
      )}
      <p className="impact-answer">{of(summary.words)}</p>
      {summary.invented && (
        <p className="note note-warning">
          <Icon name="alert" /> {t('impact.invented')}
        </p>
      )}
      <p className="section-note">{t('impact.publicNote', { fewest: summary.fewestFirms })}</p>
      <Source
        parts={[
          [t('impact.asOf'), dateTime(summary.asOf)],
          [t('lists.state'), release.approvedAt === null ? t('impact.stateProposed') : t('impact.releasedOn', { time: dateTime(release.approvedAt) })],
          [t('impact.firms'), t('impact.previewSentence', { insured: summary.insured, control: summary.control })],
        ]}
      />
      <Section title={t('impact.methodBox')}>
        <div className="method-box">
          <p>{t(`impact.designHelp.${summary.design}`)}</p>
          <ul>
            {summary.limits.map((limit) => (
              <li key={limit.en}>{of(limit)}</li>
            ))}
          </ul>
        </div>
      </Section>
      {summary.findings.map((finding, index) => (
        <PublicFinding key={index} finding={finding} n={summary.insured + summary.control} />
      ))}
      <Section title={t('impact.parts')}>
        <Table caption={t('impact.parts')} columns={columns} rows={summary.parts} keyOf={(part) => part.name} />
      </Section>
      {mine && (
        <p>
          <Link to="/impact/studies/$study" params={{ study: release.study }}>
            {t('impact.openStudy')}
          </Link>
        </p>
      )}
    </Page>
  );
}

/** A summary on its way to an authority, or as the authority reads it. */
export function ReleasePage() {
  const { release } = useParams({ from: '/inside/impact/releases/$release' });
  const query = useRelease(release);
  return <AwaitedPage query={query}>{(found) => <ReleaseView release={found} />}</AwaitedPage>;
}
