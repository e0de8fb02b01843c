import { Button } from 'antd';
import { useState } from 'react';
import { ChoiceField, TextField } from '../../../forms/field.tsx';
import { day } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Awaited, ProblemNote } from '../../../parts/states.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { useAuthorisations, useRevoke, useSign, type Asset, type Authorisation, type Terms } from './queries.ts';

/** What was signed, and the way to sign anew and to revoke. */
export function Authorisations({ assets, mayWrite }: { assets: readonly Asset[]; mayWrite: boolean }) {
  const { t } = useWords();
  const authorisations = useAuthorisations();
  const revoke = useRevoke();
  const [signing, setSigning] = useState(false);
  const now = new Date().toISOString();
  const standing = (one: Authorisation): string =>
    one.state === 'revoked' ? t('assets.revoked') : one.until < now ? t('assets.ended') : t('assets.signedBy', { signer: one.signer });
  const columns: Column<Authorisation>[] = [
    { id: 'scope', title: t('assets.scope'), heads: true, cell: (one) => <span className="break">{one.names.join(', ')}</span> },
    { id: 'window', title: t('assets.window'), cell: (one) => <span className="num">{`${one.window.from}–${one.window.until}`}</span> },
    { id: 'method', title: t('assets.method'), cell: (one) => t(`assets.methods.${one.methodClass}`) },
    { id: 'rate', title: t('assets.rate'), align: 'right', wideOnly: true, cell: (one) => one.ratePerSecond },
    { id: 'until', title: t('assets.validUntil'), cell: (one) => <span className="num">{day(one.until)}</span> },
    { id: 'state', title: t('assets.standing'), cell: standing },
    {
      id: 'revoke',
      title: <span className="only-heard">{t('assets.revoke')}</span>,
      label: t('assets.revoke'),
      bare: true,
      cell: (one) => mayWrite && one.state === 'signed' && one.until >= now && <Button onClick={() => revoke.mutate(one.id)}>{t('assets.revoke')}</Button>,
    },
  ];
  return (
    <Section
      title={t('assets.authorisation')}
      note={t('assets.authorisationNote')}
      actions={mayWrite && assets.length > 0 && <Button onClick={() => setSigning(true)}>{t('assets.sign')}</Button>}
    >
      {revoke.error && <ProblemNote problem={revoke.error} />}
      <Awaited query={authorisations}>
        {(items) => (
          <Table
            caption={t('assets.authorisation')}
            columns={columns}
            rows={items}
            keyOf={({ id }) => id}
            empty={<p className="faint">{t('assets.authorisationNone')}</p>}
            exported={{ from: '/api/exports/scan-authorisations' }}
          />
        )}
      </Awaited>
      {signing && (
        <Panel title={t('assets.sign')} onClose={() => setSigning(false)}>
          <Sign assets={assets} onSigned={() => setSigning(false)} />
        </Panel>
      )}
    </Section>
  );
}

const inAYear = (): string => new Date(Date.now() + 364 * 86_400_000).toISOString().slice(0, 10);

function Sign({ assets, onSigned }: { assets: readonly Asset[]; onSigned: () => void }) {
  const { t } = useWords();
  const sign = useSign();
  const [form, setForm] = useState({
    names: assets.map(({ name }) => name).join(', '),
    networks: '',
    from: '22:00',
    until: '06:00',
    rate: '5',
    contact: '',
    signer: '',
    validUntil: inAYear(),
  });
  const [methodClass, setMethodClass] = useState<'passive' | 'gentle'>('gentle');
  const edit = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value });
  const words = (text: string): string[] => text.split(/[\s,，、;；]+/).filter(Boolean);
  const terms = (): Terms => ({
    names: words(form.names),
    networks: words(form.networks),
    window: { from: form.from, until: form.until },
    methodClass,
    ratePerSecond: Number(form.rate),
    contact: form.contact.trim(),
    signer: form.signer.trim(),
    from: new Date().toISOString(),
    until: `${form.validUntil}T23:59:59+08:00`,
  });
  const fields = [
    ['names', 'scope'],
    ['networks', 'networks'],
    ['from', 'from'],
    ['until', 'until'],
    ['rate', 'rate'],
    ['contact', 'contact'],
    ['signer', 'signer'],
  ] as const;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sign.mutate(terms(), { onSuccess: onSigned });
      }}
    >
      <p>{t('assets.signing')}</p>
      <ChoiceField
        label={t('assets.method')}
        value={methodClass}
        onChange={setMethodClass}
        options={(['passive', 'gentle'] as const).map((one) => [one, t(`assets.methods.${one}`)] as const)}
      />
      {fields.map(([field, label]) => (
        <TextField key={field} label={t(`assets.${label}`)} value={form[field]} onChange={edit(field)} optional={field === 'networks'} />
      ))}
      <TextField label={t('assets.validUntil')} type="date" value={form.validUntil} onChange={edit('validUntil')} />
      {sign.error && <ProblemNote problem={sign.error} />}
      <Button type="primary" htmlType="submit" loading={sign.isPending}>
        {t('assets.sign')}
      </Button>
    </form>
  );
}
