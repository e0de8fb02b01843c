import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react';
import { request } from '../../api/request.ts';
import { LoopRing } from '../../parts/loop-ring.tsx';
import { Mark } from '../../parts/mark.tsx';
import { LanguageButton, ShadeButton } from '../../parts/shell.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';

interface Entered {
  outcome: 'signed-in' | 'second-factor-needed';
}

/** Where to go once signed in: back to what was asked for, and never to another site. */
function useArrival() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { from } = useSearch({ from: '/login' });
  return async () => {
    await client.resetQueries({ queryKey: ['session'] });
    await navigate({ to: from ?? '/' });
  };
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function PasswordForm({ onEntered }: { onEntered: (entered: Entered) => void }) {
  const { t } = useWords();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({ mutationFn: () => request<Entered>('POST', '/api/session', { body: { email, password } }), onSuccess: onEntered });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={submit} className="form">
      {enter.error && <ProblemNote problem={enter.error} />}
      <Labelled label={t('signIn.email')}>
        {(id) => <Input id={id} size="large" type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.target.value)} />}
      </Labelled>
      <Labelled label={t('signIn.password')}>
        {(id) => (
          <Input
            id={id}
            size="large"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Labelled>
      <Button type="primary" size="large" htmlType="submit" block loading={enter.isPending}>
        {t('signIn.submit')}
      </Button>
      <p className="faint">{t('signIn.demo')}</p>
    </form>
  );
}

function SecondFactorForm({ onEntered, onBack }: { onEntered: (entered: Entered) => void; onBack: () => void }) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState(false);
  const enter = useMutation({
    mutationFn: () => request<Entered>('POST', '/api/session/second-factor', { body: { code: code.trim(), recovery } }),
    onSuccess: onEntered,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={submit} className="form">
      {enter.error && <ProblemNote problem={enter.error} />}
      <p>{t('signIn.codeHint')}</p>
      <Labelled label={t(recovery ? 'signIn.recovery' : 'signIn.code')}>
        {(id) => (
          <Input
            id={id}
            size="large"
            inputMode={recovery ? 'text' : 'numeric'}
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Labelled>
      <Button type="primary" size="large" htmlType="submit" block loading={enter.isPending}>
        {t('signIn.codeSubmit')}
      </Button>
      <p className="form-links">
        <Button type="link" onClick={() => setRecovery(!recovery)}>
          {t(recovery ? 'signIn.useCode' : 'signIn.useRecovery')}
        </Button>
        <Button type="link" onClick={onBack}>
          {t('signIn.restart')}
        </Button>
      </p>
    </form>
  );
}

/** The front door: what this is, and the way in. */
export function SignIn() {
  const { t } = useWords();
  const arrive = useArrival();
  const [needsCode, setNeedsCode] = useState(false);
  useEffect(() => {
    document.title = `${t('signIn.kind')} · ${t('product.name')}`;
  }, [t]);
  const entered = ({ outcome }: Entered) => (outcome === 'signed-in' ? void arrive() : setNeedsCode(true));
  return (
    <div className="door">
      <header className="door-bar">
        <span className="brand">
          <Mark size={32} />
          <strong>{t('product.name')}</strong>
        </span>
        <span className="bar-tools">
          <LanguageButton />
          <ShadeButton />
        </span>
      </header>
      <main className="door-main" id="main">
        <section className="door-story">
          <LoopRing at="assess" size={260} />
          <p className="door-promise">{t('signIn.promise')}</p>
          <p>{t('signIn.lead')}</p>
        </section>
        <section className="door-form">
          <h1>{t(needsCode ? 'signIn.codeSentence' : 'signIn.sentence')}</h1>
          {needsCode ? <SecondFactorForm onEntered={entered} onBack={() => setNeedsCode(false)} /> : <PasswordForm onEntered={entered} />}
        </section>
      </main>
    </div>
  );
}
