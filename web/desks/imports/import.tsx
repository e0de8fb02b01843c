import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { dateTime, number } from '../../format.ts';
import { DropZone } from '../../parts/drop-zone.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { useWords, type Wording } from '../../words.ts';
import { AssetRulings } from './assets.tsx';
import { FileCard } from './file-card.tsx';
import {
  useAddFile,
  useConfirm,
  useDiscard,
  useImport,
  useRemoveItem,
  useReview,
  type Confirmed,
  type ImportRecord,
  type Review,
  type Standing,
} from './queries.ts';
import { Counts, FindingRows, Pager, standings } from './review.tsx';
import './imports.css';

const steps = ['files', 'preview', 'assets', 'duplicates', 'confirm'] as const;
type ImportStep = (typeof steps)[number];

const itemsIn = (record: ImportRecord, state: ImportRecord['items'][number]['state']) => record.items.filter((item) => item.state === state);

function sentenceOf(record: ImportRecord, { t }: Pick<Wording, 't'>): string {
  if (record.ended)
    return t(record.state === 'confirmed' ? 'imports.sentenceConfirmed' : 'imports.sentenceDiscarded', {
      name: record.ended.name,
      at: dateTime(record.ended.at),
    });
  if (record.items.length === 0) return t('imports.sentenceEmpty');
  const reading = itemsIn(record, 'reading').length;
  if (reading > 0) return t('imports.sentenceReading', { count: reading });
  const read = itemsIn(record, 'read');
  if (read.length === 0) return t('imports.sentenceNothing');
  return t('imports.sentenceReady', { files: read.length, findings: number(read.reduce((sum, { report }) => sum + (report?.findings ?? 0), 0)) });
}

function StepNav({ at, ready, onGo }: { at: ImportStep; ready: boolean; onGo: (step: ImportStep) => void }) {
  const { t } = useWords();
  return (
    <nav aria-label={t('imports.steps')}>
      <ol className="parts import-steps">
        {steps.map((step, i) => (
          <li key={step}>
            <button
              type="button"
              className={`part ${step === at ? 'part-on' : ''}`}
              aria-current={step === at ? 'step' : undefined}
              disabled={!ready && step !== 'files'}
              onClick={() => onGo(step)}
            >
              <b className="num">{i + 1}</b> <span>{t(`imports.step.${step}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Files({ record }: { record: ImportRecord }) {
  const { t } = useWords();
  const add = useAddFile(record.id);
  const remove = useRemoveItem(record.id);
  const isDraft = record.state === 'draft';
  const send = async (files: File[]) => {
    for (const file of files) await add.mutateAsync(file).catch(() => null);
  };
  return (
    <>
      {isDraft && (
        <Section title={t('imports.addFiles')} note={t('imports.startNote')}>
          <DropZone onFiles={(files) => void send(files)} busy={add.isPending} />
          {add.error && <ProblemNote problem={add.error} />}
          {remove.error && <ProblemNote problem={remove.error} />}
        </Section>
      )}
      <ul className="job-list" aria-label={t('imports.step.files')}>
        {record.items.map((item) => (
          <FileCard key={item.id} importId={record.id} item={item} {...(isDraft ? { onRemove: () => remove.mutate(item.id) } : {})} />
        ))}
      </ul>
    </>
  );
}

function Preview({ record, review }: { record: ImportRecord; review: Review }) {
  const { t } = useWords();
  const [item, setItem] = useState('');
  const [only, setOnly] = useState<Standing | ''>('');
  const [offset, setOffset] = useState(0);
  const chosen = { ...(item === '' ? {} : { item }), ...(only === '' ? {} : { only }) };
  const shown = useReview(record, { ...chosen, offset }).data ?? review;
  const narrow = (change: () => void) => {
    change();
    setOffset(0);
  };
  const choices = (
    <>
      <select className="select" aria-label={t('imports.showFile')} value={item} onChange={(event) => narrow(() => setItem(event.target.value))}>
        <option value="">{t('imports.allFiles')}</option>
        {itemsIn(record, 'read').map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={t('imports.standing')}
        value={only}
        onChange={(event) => narrow(() => setOnly(event.target.value as Standing | ''))}
      >
        <option value="">{t('imports.allStandings')}</option>
        {standings.map((one) => (
          <option key={one} value={one}>
            {t(`imports.standings.${one}`)}
          </option>
        ))}
      </select>
    </>
  );
  return (
    <>
      <Section title={t('imports.counts')}>
        <Counts {...review} />
      </Section>
      <Section title={t('imports.previewTitle', { total: number(shown.matching) })} actions={choices}>
        <FindingRows rows={shown.findings} assessment={record.assessment} caption={t('imports.step.preview')} empty={t('imports.noFindings')} />
        <Pager offset={offset} shown={shown.findings.length} total={shown.matching} onGo={setOffset} />
      </Section>
    </>
  );
}

function Narrowed({ record, only }: { record: ImportRecord; only: 'known' | 'reopened' | 'out-of-scope' }) {
  const { t } = useWords();
  const [offset, setOffset] = useState(0);
  const review = useReview(record, { only, offset });
  const words = only === 'known' ? 'duplicates' : only === 'reopened' ? 'again' : 'out';
  return (
    <Section title={t(`imports.${words}Title`)} note={t(`imports.${words}Note`)}>
      <Awaited query={review}>
        {({ findings, matching }) => (
          <>
            <FindingRows rows={findings} assessment={record.assessment} caption={t(`imports.${words}Title`)} empty={t(`imports.${words}None`)} />
            <Pager offset={offset} shown={findings.length} total={matching} onGo={setOffset} />
          </>
        )}
      </Awaited>
    </Section>
  );
}

function Discard({ record }: { record: ImportRecord }) {
  const { t } = useWords();
  const discard = useDiscard(record.id);
  const [sure, setSure] = useState(false);
  if (!sure) return <Button onClick={() => setSure(true)}>{t('imports.discard')}</Button>;
  return (
    <div className="note note-warning" role="alert">
      <div>
        <p>{t('imports.discardSure')}</p>
        {discard.error && <ProblemNote problem={discard.error} />}
        <p className="row">
          <Button danger loading={discard.isPending} onClick={() => discard.mutate(undefined)}>
            {t('imports.discardYes')}
          </Button>
          <Button onClick={() => setSure(false)}>{t('actions.cancel')}</Button>
        </p>
      </div>
    </div>
  );
}

function Confirm({ record, review, onConfirmed }: { record: ImportRecord; review: Review; onConfirmed: (confirmed: Confirmed) => void }) {
  const { t } = useWords();
  const confirm = useConfirm(record);
  const added = Object.values(record.rulings).filter(({ is }) => is === 'own').length;
  const refused = itemsIn(record, 'refused').length;
  return (
    <Section title={t('imports.confirmTitle')}>
      <ul className="import-effects">
        <li>{t('imports.confirmReports', { count: itemsIn(record, 'read').length })}</li>
        <li>{t('imports.confirmFindings', { ...review.counts, outOfScope: review.counts['out-of-scope'] })}</li>
        {added > 0 && <li>{t('imports.confirmAssets', { count: added })}</li>}
        {refused > 0 && <li>{t('imports.confirmRefused', { count: refused })}</li>}
        <li>{t('imports.confirmScore')}</li>
      </ul>
      {confirm.error && <ProblemNote problem={confirm.error} />}
      <p className="row">
        <Button type="primary" size="large" loading={confirm.isPending} onClick={() => confirm.mutate(record.version, { onSuccess: onConfirmed })}>
          {t('imports.confirm')}
        </Button>
      </p>
      <Discard record={record} />
    </Section>
  );
}

/** What the confirmation brought, and where to look next. */
function Ended({ record, confirmed }: { record: ImportRecord; confirmed: Confirmed | null }) {
  const { t } = useWords();
  const params = { assessment: record.assessment };
  return (
    <>
      {confirmed && (
        <p className="note note-good" role="status">
          <Icon name="check" />
          {t('imports.confirmedNote', { reports: confirmed.reports, findings: number(confirmed.findings), score: number(confirmed.score, 1) })}
        </p>
      )}
      <p className="row">
        <Link className="action action-main" to="/assessments/$assessment/fixes" params={params}>
          {t('imports.toFixes')}
        </Link>
        <Link className="action" to="/assessments/$assessment" params={params}>
          {t('imports.toAssessment')}
        </Link>
        <Link className="action" to="/assessments/$assessment/imports" params={params}>
          {t('imports.list')}
        </Link>
      </p>
    </>
  );
}

function Steps({ record, onConfirmed }: { record: ImportRecord; onConfirmed: (confirmed: Confirmed) => void }) {
  const { t } = useWords();
  const [at, setAt] = useState<ImportStep>('files');
  const [unsaved, setUnsaved] = useState(false);
  const review = useReview(record);
  const ready = itemsIn(record, 'read').length > 0 && itemsIn(record, 'reading').length === 0;
  const next = steps[steps.indexOf(at) + 1];
  const shown = (found: Review) =>
    ({
      files: <Files record={record} />,
      preview: <Preview record={record} review={found} />,
      assets: <AssetRulings record={record} review={found} onUnsaved={setUnsaved} />,
      duplicates: (
        <>
          <Narrowed record={record} only="known" />
          <Narrowed record={record} only="reopened" />
          <Narrowed record={record} only="out-of-scope" />
        </>
      ),
      confirm: <Confirm record={record} review={found} onConfirmed={onConfirmed} />,
    })[at];
  return (
    <>
      <StepNav at={at} ready={ready && !unsaved} onGo={setAt} />
      {at === 'files' ? <Files record={record} /> : <Awaited query={review}>{shown}</Awaited>}
      {unsaved && (
        <p className="faint" role="status">
          {t('imports.unsavedRulings')}
        </p>
      )}
      <div className="step-actions">
        {at !== 'files' && (
          <Button size="large" onClick={() => setAt(steps[steps.indexOf(at) - 1]!)}>
            {t('actions.back')}
          </Button>
        )}
        {next && (
          <Button size="large" type="primary" disabled={!ready || unsaved} onClick={() => setAt(next)}>
            {t('actions.next')}
          </Button>
        )}
        {at === 'files' && <Discard record={record} />}
      </div>
    </>
  );
}

function Opened({ record }: { record: ImportRecord }) {
  const words = useWords();
  const [confirmed, setConfirmed] = useState<Confirmed | null>(null);
  return (
    <Page kind={words.t('imports.kind')} sentence={sentenceOf(record, words)} wide>
      {record.state === 'draft' ? (
        <Steps record={record} onConfirmed={setConfirmed} />
      ) : (
        <>
          <Ended record={record} confirmed={confirmed} />
          <Files record={record} />
        </>
      )}
    </Page>
  );
}

/** The import wizard: files, preview, assets, duplicates, confirmation. It is kept on the server, so that it goes on after a reload and on any device. */
export function ImportPage() {
  const { import: id } = useParams({ from: '/inside/imports/$import' });
  const record = useImport(id);
  return <AwaitedPage query={record}>{(found) => <Opened key={found.id} record={found} />}</AwaitedPage>;
}
