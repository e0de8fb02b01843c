import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';
import { dateTime } from '../../format.ts';
import { Mark } from '../../parts/mark.tsx';
import { LanguageButton, ShadeButton } from '../../parts/shell.tsx';
import { Awaited } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';

type Verification = components['schemas']['Verification'];
type Seal = NonNullable<Verification['seal']>;

/** The code as it is registered, however it was typed: spaces and dashes do not matter. */
const readCode = (text: string): string =>
  (
    text
      .toUpperCase()
      .replace(/[^0-9A-F]/g, '')
      .match(/.{1,4}/g) ?? []
  ).join('-');
const isCode = (code: string): boolean => /^[0-9A-F]{4}(-[0-9A-F]{4}){4}$/.test(code);

/** For anybody who holds a report, signed in or not: who signed it, when, and whether the file at hand is that report. */
export function Verify() {
  const { code: asked = '' } = useParams({ strict: false });
  const { t } = useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(asked);
  const code = readCode(asked);
  const submit = () => void navigate({ to: '/verify/$code', params: { code: readCode(typed) } });
  return (
    <main className="page verify" id="main">
      <header className="page-head">
        <div>
          <p className="page-kind">
            <Mark /> {t('product.name')}
          </p>
          <h1>{t('reports.verify.title')}</h1>
        </div>
        <div className="page-aside">
          <LanguageButton />
          <ShadeButton />
        </div>
      </header>
      <p>{t('reports.verify.sentence')}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Input aria-label={t('reports.verify.code')} className="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button type="primary" htmlType="submit" disabled={!isCode(readCode(typed))}>
          {t('reports.verify.check')}
        </Button>
      </form>
      <p className="faint num">{t('reports.verify.example')}</p>
      {isCode(code) && <Answer code={code} />}
      <p>
        <Link to="/">{t('reports.verify.home')}</Link>
      </p>
    </main>
  );
}

function Answer({ code }: { code: string }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['verification', code], queryFn: () => request<Verification>('GET', `/api/verification?code=${code}`) });
  return (
    <Awaited query={found}>
      {({ seal, signatureHolds }) =>
        seal === null ? (
          <Said good={false}>{t('reports.verify.unknown')}</Said>
        ) : (
          <>
            <Verdict seal={seal} holds={signatureHolds} />
            <Facts seal={seal} />
            <CompareFile seal={seal} />
          </>
        )
      }
    </Awaited>
  );
}

const Said = ({ good, children }: { good: boolean | null; children: ReactNode }) => (
  <p role="status" className={good === null ? '' : good ? 'good' : 'bad'}>
    <strong>
      {good === null ? '' : good ? '✓ ' : '✗ '}
      {children}
    </strong>
  </p>
);

function Verdict({ seal, holds }: { seal: Seal; holds: boolean | null }) {
  const { t } = useWords();
  if (holds === null) return <Said good={null}>{t('reports.verify.unsigned')}</Said>;
  return <Said good={holds}>{holds ? t('reports.verify.good', { name: seal.signer!.name }) : t('reports.verify.bad')}</Said>;
}

function Facts({ seal }: { seal: Seal }) {
  const { t } = useWords();
  const rows: [string, string][] = [
    [t('reports.verify.subject'), seal.subject],
    [t('reports.verify.number'), seal.number],
    [t('reports.verify.made'), dateTime(seal.preparedAt)],
    ...(seal.signer === null
      ? []
      : ([
          [t('reports.verify.signedAt'), dateTime(seal.signer.at)],
          [t('reports.verify.signer'), seal.signer.name],
          [t('reports.verify.role'), t(`reports.verify.roles.${seal.signer.role}`)],
          [t('reports.verify.fingerprint'), seal.signer.keyFingerprint],
        ] as [string, string][])),
    [`${t('reports.verify.hashes')} (zh)`, seal.documents.zh],
    [`${t('reports.verify.hashes')} (en)`, seal.documents.en],
  ];
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="break num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

async function sha256(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The file is hashed here and goes nowhere. */
function CompareFile({ seal }: { seal: Seal }) {
  const { t } = useWords();
  const [same, setSame] = useState<boolean | null>(null);
  const compare = async (file: File | undefined) => {
    if (file === undefined) return;
    const hash = await sha256(file);
    setSame(hash === seal.documents.zh || hash === seal.documents.en);
  };
  return (
    <section className="section">
      <label>
        <strong>{t('reports.verify.file')}</strong>
        <br />
        <input type="file" accept="application/pdf" onChange={(event) => void compare(event.target.files?.[0])} />
      </label>
      <p className="section-note">{t('reports.verify.fileNote')}</p>
      {same !== null && <Said good={same}>{t(same ? 'reports.verify.same' : 'reports.verify.other')}</Said>}
    </section>
  );
}
