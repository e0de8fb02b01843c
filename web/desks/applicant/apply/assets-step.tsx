import { Button } from 'antd';
import { useId, useState } from 'react';
import { Link, useNavigate } from '@tanstack/react-router';
import { isPublicPlace, presumedExposure } from '../../../../src/domain/assessment/index.ts';
import type { Exposure } from '../../../../src/domain/parties/index.ts';
import { useWithdrawReport } from '../../../api/queries.ts';
import type { Problem } from '../../../api/problem.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { readAssets } from '../../../forms/firm-draft.ts';
import { dateTime } from '../../../format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { DropZone } from '../../../parts/drop-zone.tsx';
import { JobCard } from '../../../parts/job-card.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { WithdrawnReports } from '../../../parts/withdrawn-reports.tsx';
import { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';
import { useImports, type ImportRecord } from '../../imports/queries.ts';
import { useFirmForm, type FirmForm } from './firm-form.ts';
import { StepFrame } from './step-frame.tsx';

const exposures = Object.keys(zh.exposure) as Exposure[];
/** Each new asset by its own name, or all of them as chosen. */
type NewExposure = Exposure | 'presumed';

function ExposureChoice<Value extends NewExposure>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly Value[];
  onChange: (value: Value) => void;
}) {
  const { t } = useWords();
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(event.target.value as Value)}>
      {options.map((id) => (
        <option key={id} value={id}>
          {id === 'presumed' ? t('apply.assetsPresumed') : t(`exposure.${id as Exposure}`)}
        </option>
      ))}
    </select>
  );
}

const exposureOf = (name: string, chosen: NewExposure): Exposure => (chosen === 'presumed' ? presumedExposure(name.toLowerCase()) : chosen);

/** The declared assets: pasted by the dozen, then changed one by one. */
function AssetList({ draft, change }: Pick<FirmForm, 'draft' | 'change'>) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const [exposure, setExposure] = useState<NewExposure>('presumed');
  const wrong = readAssets(text).wrong[0];
  const add = () => {
    const { names, wrong: left } = readAssets(text);
    const known = new Set(draft.assets.map((asset) => asset.name));
    change({ assets: [...draft.assets, ...names.filter((name) => !known.has(name)).map((name) => ({ name, exposure: exposureOf(name, exposure) }))] });
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
        <ExposureChoice label={t('apply.assetsExposure')} value={exposure} options={['presumed', ...exposures]} onChange={setExposure} />
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
              options={exposures}
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
      <PublicInternal assets={draft.assets} />
    </section>
  );
}

/** Says before underwriting does that a public address is not taken as internal on the firm's word. */
function PublicInternal({ assets }: Pick<FirmForm['draft'], 'assets'>) {
  const { t } = useWords();
  const names = assets.filter(({ name, exposure }) => exposure === 'internal' && isPublicPlace(name)).map(({ name }) => name);
  return names.length === 0 ? null : <p className="note note-warning break">{t('apply.assetsPublicInternal', { names: names.join(', ') })}</p>;
}

/** Files dropped here go into a new import, which opens for a look before anything counts. */
function useImportOf(assessment: string) {
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const begin = async (files: File[]) => {
    setBusy(true);
    try {
      const { id } = await request<ImportRecord>('POST', `/api/assessments/${assessment}/imports`, { body: {}, key: crypto.randomUUID() });
      for (const file of files) await request('POST', `/api/imports/${id}/files`, { file });
      await navigate({ to: '/imports/$import', params: { import: id } });
    } catch (failed) {
      setProblem(failed as Problem);
    } finally {
      setBusy(false);
    }
  };
  return { begin, busy, problem };
}

/** The imports that were begun and not ended: they go on where they were left, on any device. */
function OpenImports({ assessment }: { assessment: string }) {
  const { t } = useWords();
  const drafts = (useImports(assessment).data ?? []).filter(({ state }) => state === 'draft');
  return (
    <p className="row">
      {drafts.map(({ id, createdAt }) => (
        <Link key={id} className="action" to="/imports/$import" params={{ import: id }}>
          {t('imports.continue')} <span className="num">{dateTime(createdAt)}</span>
        </Link>
      ))}
      <Link className="action" to="/assessments/$assessment/imports" params={{ assessment }}>
        {t('imports.list')} · {t('imports.quarantine')}
      </Link>
    </p>
  );
}

function Reports({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const { begin, busy, problem } = useImportOf(record.id);
  const withdraw = useWithdrawReport(record.id);
  return (
    <section className="group">
      <h2>{t('apply.reports')}</h2>
      <p className="field-help">{t('imports.startNote')}</p>
      <DropZone onFiles={(files) => void (files.length > 0 && begin(files))} busy={busy} />
      <OpenImports assessment={record.id} />
      {problem && <ProblemNote problem={problem} />}
      {withdraw.error && <ProblemNote problem={withdraw.error} />}
      {record.reports.length === 0 && <p className="faint">{t('apply.noReports')}</p>}
      <ul className="job-list">
        {[...record.reports].reverse().map((report) => (
          <JobCard key={report.id} report={report} onWithdraw={() => withdraw.mutate(report.id)} />
        ))}
      </ul>
      <WithdrawnReports withdrawn={record.withdrawn ?? []} />
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
