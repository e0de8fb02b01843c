import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';
import { dateTime } from '../../format.ts';
import { Page } from '../../parts/page.tsx';
import { LanguageButton, ShadeButton } from '../../parts/shell.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import './people.css';

type Shown = components['schemas']['InvitationShown'];

function AcceptForm({ token, shown }: { token: string; shown: Shown }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, password] = [useId(), useId()];
  const [own, setOwn] = useState({ name: '', password: '' });
  const accept = useMutation({
    mutationFn: () =>
      request<{ outcome: string }>('POST', '/api/invitations/acceptance', { body: { token, name: own.name || shown.email, password: own.password } }),
    onSuccess: async ({ outcome }) => {
      await client.resetQueries({ queryKey: ['session'] });
      await navigate(outcome === 'signed-in' ? { to: '/' } : { to: '/login' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <p>{t('people.acceptEither', { email: shown.email })}</p>
      <div className="field">
        <label htmlFor={name}>{t('people.yourName')}</label>
        <Input id={name} size="large" autoComplete="name" value={own.name} onChange={(event) => setOwn({ ...own, name: event.target.value })} />
      </div>
      <div className="field">
        <label htmlFor={password}>{t('people.password')}</label>
        <Input
          id={password}
          size="large"
          type="password"
          required
          minLength={10}
          autoComplete="current-password"
          value={own.password}
          onChange={(event) => setOwn({ ...own, password: event.target.value })}
        />
      </div>
      {accept.error && <ProblemNote problem={accept.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={accept.isPending}>
        {t('people.accept')}
      </Button>
    </form>
  );
}

/** Where the link of an invitation leads: who invites, to what, and the way in. */
export function AcceptInvitation() {
  const { t } = useWords();
  const token = location.hash.slice(1);
  const shown = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => request<Shown>('POST', '/api/invitations/lookup', { body: { token } }),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <main className="accept">
      <div className="row accept-tools">
        <LanguageButton />
        <ShadeButton />
      </div>
      <AwaitedPage query={shown}>
        {(found) => (
          <Page
            kind={t('people.invitation')}
            sentence={t('people.invitedBy', {
              name: found.invitedBy,
              organisation: found.organisation,
              roles: found.roles.map((role) => t(`role.${role}`)).join(t('punctuation.list')),
            })}
          >
            <p className="faint">{t('people.openUntil', { until: dateTime(found.expiresAt) })}</p>
            <AcceptForm token={token} shown={found} />
          </Page>
        )}
      </AwaitedPage>
    </main>
  );
}
