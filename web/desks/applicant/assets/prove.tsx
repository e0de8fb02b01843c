import { Button } from 'antd';
import { useState } from 'react';
import { useAssessments } from '../../../api/queries.ts';
import { ChoiceField } from '../../../forms/field.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';
import { useProve, useStartCheck, type Asset } from './queries.ts';

/** A text to be carried over to somewhere else, with a button that copies it. */
function Copied({ label, text }: { label: string; text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <div className="row">
      <span>{label}</span>
      <code className="break">{text}</code>
      <Button size="small" onClick={copy}>
        {copied ? t('assets.copied') : t('assets.copy')}
      </Button>
    </div>
  );
}

/** How to prove an asset, with what was found at the last look; and, once it is proven, the start of a check. */
export function ProveAsset({ asset, mayStart }: { asset: Asset; mayStart: boolean }) {
  const { t } = useWords();
  const prove = useProve(asset.id);
  const seen = prove.data?.asset.lookedSeen ?? [];
  return (
    <>
      <p>{t('assets.proveNote')}</p>
      {asset.dnsPlace !== null && (
        <section>
          <h3>{t('assets.byDns')}</h3>
          <Copied label={t('assets.dnsName')} text={asset.dnsPlace} />
          <Copied label={t('assets.value')} text={asset.token} />
          <Button loading={prove.isPending && prove.variables === 'dns'} onClick={() => prove.mutate('dns')}>
            {t('assets.lookDns')}
          </Button>
        </section>
      )}
      <section>
        <h3>{t('assets.byFile')}</h3>
        <Copied label={t('assets.filePlace')} text={asset.filePlace} />
        <Copied label={t('assets.value')} text={asset.token} />
        <Button loading={prove.isPending && prove.variables === 'file'} onClick={() => prove.mutate('file')}>
          {t('assets.lookFile')}
        </Button>
      </section>
      {prove.error && <ProblemNote problem={prove.error} />}
      <div role="status">
        {prove.data && (
          <p className={prove.data.outcome === 'proven' ? 'good' : 'bad'}>{t(prove.data.outcome === 'proven' ? 'assets.proven' : 'assets.notFound')}</p>
        )}
        {prove.data?.outcome === 'not-found' && seen.length > 0 && <p className="break">{t('assets.seen', { seen: seen.join(' · ') })}</p>}
      </div>
      {mayStart && ['proven', 'expiring'].includes(asset.state) && <StartCheck asset={asset} />}
    </>
  );
}

function StartCheck({ asset }: { asset: Asset }) {
  const { t } = useWords();
  const start = useStartCheck(asset.id);
  const assessments = useAssessments();
  const [methodClass, setMethodClass] = useState<'passive' | 'gentle'>('passive');
  const [assessment, setAssessment] = useState('');
  const choices = [
    ['', t('assets.noAssessment')] as const,
    ...(assessments.data?.items ?? []).map(({ id, firm }) => [id, `${firm} · ${id.slice(-6)}`] as const),
  ];
  return (
    <section>
      <h3>{t('assets.check')}</h3>
      <p>{t('assets.checkNote')}</p>
      <ChoiceField
        label={t('assets.method')}
        value={methodClass}
        onChange={setMethodClass}
        options={(['passive', 'gentle'] as const).map((one) => [one, t(`assets.methods.${one}`)] as const)}
      />
      <ChoiceField label={t('assets.intoAssessment')} value={assessment} onChange={setAssessment} options={choices} />
      <Button type="primary" loading={start.isPending} onClick={() => start.mutate({ methodClass, assessment: assessment === '' ? null : assessment })}>
        {t('assets.check')}
      </Button>
      {start.error && <ProblemNote problem={start.error} />}
      {start.data && <p role="status">{t('assets.started')}</p>}
    </section>
  );
}
