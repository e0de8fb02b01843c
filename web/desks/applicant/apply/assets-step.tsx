import { Button } from 'antd';
import { useId, useRef, useState, type DragEvent } from 'react';
import type { Exposure } from '../../../../src/domain/parties/index.ts';
import { useSubmitReport, useWithdrawReport } from '../../../api/queries.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { readAssets } from '../../../forms/firm-draft.ts';
import { Icon } from '../../../parts/icon.tsx';
import { JobCard } from '../../../parts/job-card.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';
import { useFirmForm, type FirmForm } from './firm-form.ts';
import { StepFrame } from './step-frame.tsx';

const exposures = Object.keys(zh.exposure) as Exposure[];

function ExposureChoice({ label, value, onChange }: { label: string; value: Exposure; onChange: (value: Exposure) => void }) {
  const { t } = useWords();
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(event.target.value as Exposure)}>
      {exposures.map((id) => (
        <option key={id} value={id}>
          {t(`exposure.${id}`)}
        </option>
      ))}
    </select>
  );
}

/** The declared assets: pasted by the dozen, then changed one by one. */
function AssetList({ draft, change }: Pick<FirmForm, 'draft' | 'change'>) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const [exposure, setExposure] = useState<Exposure>('internet');
  const wrong = readAssets(text).wrong[0];
  const add = () => {
    const { names, wrong: left } = readAssets(text);
    const known = new Set(draft.assets.map((asset) => asset.name));
    change({ assets: [...draft.assets, ...names.filter((name) => !known.has(name)).map((name) => ({ name, exposure }))] });
    setText(left.map((one) => one.text).join('\n'));
  };
  return (
    <section className="group">
      <h2>{t('apply.assetsTitle')}</h2>
      <p className="field-help" id={`${id}-help`}>
        {t('apply.assetsHelp')}
      </p>
      <textarea
        id={id}
        className="textarea"
        rows={3}
        aria-label={t('apply.assetsTitle')}
        aria-describedby={`${id}-help`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text.trim() !== '' && add()}
        spellCheck={false}
      />
      {wrong && (
        <p className="field-error" role="alert">
          {t('apply.assetsBad', wrong)}
        </p>
      )}
      <div className="row">
        <ExposureChoice label={t('apply.assetsExposure')} value={exposure} onChange={setExposure} />
        <Button onClick={add}>{t('actions.add')}</Button>
      </div>
      <p className="faint">{draft.assets.length === 0 ? t('apply.assetsNone') : t('apply.assetsCount', { count: draft.assets.length })}</p>
      <ul className="asset-list">
        {draft.assets.map((asset) => (
          <li key={asset.name}>
            <code>{asset.name}</code>
            <ExposureChoice
              label={`${t('apply.assetsExposure')} ${asset.name}`}
              value={asset.exposure}
              onChange={(next) => change({ assets: draft.assets.map((one) => (one.name === asset.name ? { ...one, exposure: next } : one)) })}
            />
            <button
              type="button"
              className="bar-button"
              aria-label={`${t('actions.remove')} ${asset.name}`}
              onClick={() => change({ assets: draft.assets.filter((one) => one.name !== asset.name) })}
            >
              <Icon name="close" size={16} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DropZone({ onFiles, busy }: { onFiles: (files: File[]) => void; busy: boolean }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={`drop ${over ? 'drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={28} />
      <p>
        {t('apply.drop')}{' '}
        <Button onClick={() => input.current?.click()} loading={busy}>
          {t('apply.browse')}
        </Button>
      </p>
      <p className="faint">{t('apply.dropHelp')}</p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('apply.browse')}
        data-reports
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function Reports({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const submit = useSubmitReport(record.id);
  const withdraw = useWithdrawReport(record.id);
  const [again, setAgain] = useState<string | null>(null);
  const send = async (files: File[]) => {
    for (const file of files) {
      const answer = await submit.mutateAsync(file).catch(() => null);
      setAgain(answer?.alreadySubmitted ? file.name : null);
    }
  };
  return (
    <section className="group">
      <h2>{t('apply.reports')}</h2>
      <DropZone onFiles={(files) => void send(files)} busy={submit.isPending} />
      {submit.error && <ProblemNote problem={submit.error} />}
      {withdraw.error && <ProblemNote problem={withdraw.error} />}
      {again && (
        <p className="note" role="status">
          {t('apply.again', { name: again })}
        </p>
      )}
      {record.reports.length === 0 && <p className="faint">{t('apply.noReports')}</p>}
      <ul className="job-list">
        {[...record.reports].reverse().map((report) => (
          <JobCard key={report.id} report={report} onWithdraw={() => withdraw.mutate(report.id)} />
        ))}
      </ul>
    </section>
  );
}

/** Step 3: which assets are the firm's, and the scanners' reports on them. */
export function AssetsStep({ record, onNext, onBack }: { record: AssessmentRecord; onNext: () => void; onBack: () => void }) {
  const { draft, change, saving } = useFirmForm(record);
  return (
    <StepFrame onBack={onBack} onNext={onNext} saving={saving}>
      {() => (
        <>
          <AssetList draft={draft} change={change} />
          <Reports record={record} />
        </>
      )}
    </StepFrame>
  );
}
