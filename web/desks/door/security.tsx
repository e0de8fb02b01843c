import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { request } from '../../api/request.ts';
import { Page, Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';

interface Enrolment {
  uri: string;
  recoveryCodes: string[];
}

/** The secret inside an `otpauth:` address, in groups of four so that it can be typed. */
const secretOf = (uri: string): string => (new URL(uri).searchParams.get('secret') ?? '').replace(/(.{4})/g, '$1 ').trim();

function Confirm({ enrolment, onDone }: { enrolment: Enrolment; onDone: () => void }) {
  const { t } = useWords();
  const id = useId();
  const [code, setCode] = useState('');
  const confirm = useMutation({ mutationFn: () => request('POST', '/api/second-factor/confirmation', { body: { code: code.trim() } }), onSuccess: onDone });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      {confirm.error && <ProblemNote problem={confirm.error} />}
      <p>{t('security.scan')}</p>
      <p>
        <a href={enrolment.uri}>{t('security.key')}</a>: <code className="key">{secretOf(enrolment.uri)}</code>
      </p>
      <p>{t('security.recovery')}</p>
      <ul className="codes">
        {enrolment.recoveryCodes.map((one) => (
          <li key={one}>
            <code>{one}</code>
          </li>
        ))}
      </ul>
      <div className="field">
        <label htmlFor={id}>{t('security.code')}</label>
        <Input id={id} inputMode="numeric" autoComplete="one-time-code" required value={code} onChange={(event) => setCode(event.target.value)} />
      </div>
      <Button type="primary" htmlType="submit" loading={confirm.isPending}>
        {t('security.confirm')}
      </Button>
    </form>
  );
}

function Begin({ onBegun, onDropped }: { onBegun: (enrolment: Enrolment) => void; onDropped: () => void }) {
  const { t } = useWords();
  const id = useId();
  const [password, setPassword] = useState('');
  const begin = useMutation({ mutationFn: () => request<Enrolment>('POST', '/api/second-factor', { body: { password } }), onSuccess: onBegun });
  const drop = useMutation({ mutationFn: () => request('POST', '/api/second-factor/removal', { body: { password } }), onSuccess: onDropped });
  const problem = begin.error ?? drop.error;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      {problem && <ProblemNote problem={problem} />}
      <p>{t('security.intro')}</p>
      <div className="field">
        <label htmlFor={id}>{t('security.password')}</label>
        <Input id={id} type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
      </div>
      <p className="form-links">
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {t('security.begin')}
        </Button>
        <Button onClick={() => drop.mutate()} disabled={password === ''} loading={drop.isPending}>
          {t('security.drop')}
        </Button>
      </p>
    </form>
  );
}

/** Second factor: begin, confirm with the first code, take away. */
export function Security() {
  const { t } = useWords();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [said, setSaid] = useState<'done' | 'dropped' | null>(null);
  const finish = (what: 'done' | 'dropped') => {
    setEnrolment(null);
    setSaid(what);
  };
  return (
    <Page kind={t('security.kind')} sentence={t('security.sentence')}>
      <Section title={t('security.begin')}>
        {said && (
          <p className="note note-good" role="status">
            {t(`security.${said}`)}
          </p>
        )}
        {enrolment ? <Confirm enrolment={enrolment} onDone={() => finish('done')} /> : <Begin onBegun={setEnrolment} onDropped={() => finish('dropped')} />}
      </Section>
    </Page>
  );
}
