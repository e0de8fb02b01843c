import { Button } from 'antd';
import { useState } from 'react';
import { useJob } from '../../api/queries.ts';
import { bytes, dateTime, number } from '../../format.ts';
import { DateAssumed } from '../../parts/date-assumed.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Awaited, ProblemNote } from '../../parts/states.tsx';
import { zh } from '../../texts/zh.ts';
import { useWords } from '../../words.ts';
import { useChooseEncoding, useSample, type ImportItem } from './queries.ts';

function Reading({ job }: { job: string }) {
  const { t } = useWords();
  const found = useJob(job).data;
  if (found?.state === 'failed') return <p className="bad">{t('imports.failedJob')}</p>;
  const progress = found?.progress ?? null;
  return (
    <>
      <progress aria-label={t('imports.itemState.reading')} {...(progress ? { value: progress.done, max: Math.max(1, progress.total) } : {})} />
      <p className="faint num">{progress ? t('imports.rows', { rows: progress.note }) : t('imports.queued')}</p>
    </>
  );
}

function Report({ report }: { report: NonNullable<ImportItem['report']> }) {
  const { t } = useWords();
  return (
    <>
      <p>
        {t('imports.tool', { tool: report.tool, version: report.toolVersion ?? '' })} · {report.format} ·{' '}
        <span className="num">{dateTime(report.scan.at)}</span>
        <DateAssumed {...report.scan} /> · {t('imports.found')} <span className="num">{number(report.findings)}</span>
      </p>
      {report.incomplete && (
        <p className="note note-warning">
          <Icon name="alert" /> {t(`imports.incomplete.${report.incomplete}`)}
        </p>
      )}
    </>
  );
}

/** Why a file was not read, in the reader's words where there are some, with the place in the file. */
export function Reason({ code, detail, position }: { code: string; detail: string; position: string | null }) {
  const { t } = useWords();
  return (
    <>
      {code in zh.reading ? t(`reading.${code as keyof typeof zh.reading}`) : detail}
      {position && <span className="num"> {t('imports.position', { position })}</span>}
    </>
  );
}

function ChooseEncoding({ importId, item }: { importId: string; item: ImportItem }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const sample = useSample(importId, item.id, open);
  const choose = useChooseEncoding(importId, item.id);
  return (
    <details className="why" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('imports.encoding')}</summary>
      <p className="faint">{t('imports.encodingHelp')}</p>
      {open && (
        <Awaited query={sample} rows={2}>
          {(samples) => (
            <div className="import-samples">
              {samples.map(({ encoding, text }) => (
                <figure key={encoding}>
                  <figcaption>{t(`imports.encodingName.${encoding}`)}</figcaption>
                  <pre tabIndex={0}>{text}</pre>
                  <Button loading={choose.isPending} onClick={() => choose.mutate(encoding)}>
                    {t('imports.useEncoding', { encoding: t(`imports.encodingName.${encoding}`) })}
                  </Button>
                </figure>
              ))}
            </div>
          )}
        </Awaited>
      )}
      {choose.error && <ProblemNote problem={choose.error} />}
    </details>
  );
}

/** Who handled a file, in order, and the hash by which it is kept. */
export function Custody({ item }: { item: Pick<ImportItem, 'hash' | 'custody'> }) {
  const { t } = useWords();
  return (
    <details className="why">
      <summary>{t('imports.custody')}</summary>
      <p className="import-hash">
        {t('imports.hash')} <code>{item.hash}</code>
      </p>
      <ol className="import-custody">
        {item.custody.map(({ at, name, act }, i) => (
          <li key={i}>
            <span className="num">{dateTime(at)}</span> · {name} · {t(`imports.custodyAct.${act}`)}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** One file of an import: what it is, how far it is, why it was refused, who handled it. */
export function FileCard({ importId, item, onRemove }: { importId: string; item: ImportItem; onRemove?: () => void }) {
  const { t } = useWords();
  const refusal = item.refusal;
  return (
    <li className={`job-card import-file import-${item.state}`}>
      <div className="job-head">
        <Icon name="file" />
        <strong className="break">{item.name}</strong>
        <span className="faint num">{bytes(item.bytes)}</span>
        {onRemove && (
          <Button size="small" aria-label={t('imports.removeNamed', { name: item.name })} onClick={onRemove}>
            {t('imports.remove')}
          </Button>
        )}
      </div>
      <p className={`job-state ${item.state === 'refused' ? 'job-refused' : ''}`}>
        <Icon name={item.state === 'refused' ? 'stop' : item.state === 'reading' ? 'clock' : 'check'} size={16} />
        {t(`imports.itemState.${item.state}`)}
      </p>
      <div aria-live="polite">
        {item.state === 'reading' && item.job && <Reading job={item.job} />}
        {item.report && <Report report={item.report} />}
        {refusal && (
          <p>
            <Reason {...refusal} />
          </p>
        )}
        {item.earlier && (
          <p>
            {t(item.earlier.by ? 'imports.earlier' : 'imports.earlierUnknown', {
              at: dateTime(item.earlier.at),
              by: item.earlier.by ?? '',
              name: item.earlier.name,
            })}
          </p>
        )}
      </div>
      {onRemove && refusal && ['not-utf-8', 'bad-encoding'].includes(refusal.code) && <ChooseEncoding importId={importId} item={item} />}
      <Custody item={item} />
    </li>
  );
}
