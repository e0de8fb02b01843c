import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useSession } from '../../api/queries.ts';
import type { components } from '../../api/schema.d.ts';
import { TextField } from '../../forms/field.tsx';
import { dateTime } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { useCertificate, useEndCertificate } from './queries.ts';
import { Facts } from '../../parts/facts.tsx';

type View = components['schemas']['CertificateView'];

function End({ certificate }: { certificate: string }) {
  const { t } = useWords();
  const end = useEndCertificate(certificate);
  const [reason, setReason] = useState('');
  return (
    <Section title={t('master.end')}>
      <TextField label={t('master.endReason')} value={reason} onChange={setReason} />
      {end.error && <ProblemNote problem={end.error} />}
      <Button danger disabled={reason.trim() === ''} loading={end.isPending} onClick={() => end.mutate(reason.trim())}>
        {t('master.end')}
      </Button>
    </Section>
  );
}

function CertificateScreen({ view }: { view: View }) {
  const { t, money } = useWords();
  const session = useSession().data;
  const { certificate, master } = view;
  const of = (minor: number): string => money({ currency: certificate.currency, minor });
  const rows: [string, string][] = [
    [t('master.number'), certificate.number],
    [t('master.member'), certificate.member],
    [t('master.code'), certificate.creditCode],
    [t('master.limit'), of(certificate.limitMinor)],
    [t('master.retention'), of(master.retentionMinor)],
    [t('master.aggregate'), of(master.aggregateMinor)],
    [t('master.from'), certificate.from],
    [t('master.to'), certificate.lastDay ?? t('master.neverBegan')],
    [t('master.insurer'), view.insurer],
    [t('master.holder'), view.holder],
    [t('master.head'), `${master.name} · ${master.policyNumber}`],
    [t('master.issued'), dateTime(certificate.issuedAt)],
  ];
  const began = certificate.lastDay !== null;
  const stands = certificate.state === 'issued' && (master.policyState === 'bound' || master.policyState === 'in-force');
  const mayEnd = session?.organisation?.id === master.holder && session.permissions.includes('policy:bind') && stands;
  return (
    <Page
      kind={t('master.certificate')}
      sentence={t('master.certificateSentence', {
        member: certificate.member,
        policy: master.policyNumber,
        limit: of(certificate.limitMinor),
        state: t(`master.standing.${certificate.standing}`),
      })}
      aside={
        <>
          <Link to="/policies/$policy/master" params={{ policy: master.policy }} className="action">
            {t('master.open')}
          </Link>
          {(['zh', 'en'] as const).map((language) => (
            <a
              key={language}
              className="action"
              href={`/api/certificates/${certificate.id}/document?language=${language}`}
              download={`${certificate.number}-${language}.pdf`}
            >
              <Icon name="download" /> {t(language === 'zh' ? 'master.pdfZh' : 'master.pdfEn')}
            </a>
          ))}
        </>
      }
    >
      {certificate.ended && (
        <p className="note note-warning">
          {t('master.endedBy', { by: certificate.ended.by, at: dateTime(certificate.ended.at).slice(0, 16), reason: certificate.ended.reason })}
        </p>
      )}
      <Facts rows={rows} />
      <p>{t(began ? 'master.certificateNote' : 'master.neverBeganNote')}</p>
      {mayEnd && <End certificate={certificate.id} />}
    </Page>
  );
}

/** What one member shows as proof that it is insured under a master policy. */
export function CertificatePage() {
  const { certificate } = useParams({ from: '/inside/certificates/$certificate' });
  const view = useCertificate(certificate);
  return <AwaitedPage query={view}>{(found) => <CertificateScreen view={found} />}</AwaitedPage>;
}
