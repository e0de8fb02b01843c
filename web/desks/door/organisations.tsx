import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useSession } from '../../api/queries.ts';
import { request } from '../../api/request.ts';
import type { Session } from '../../api/wire.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { Awaited, Empty, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';

function List({ session }: { session: Session }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useMutation({
    mutationFn: (organisation: string) => request('POST', '/api/session/organisation', { body: { organisation } }),
    onSuccess: async () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      await client.invalidateQueries({ queryKey: ['session'] });
      await navigate({ to: '/' });
    },
  });
  if (session.memberships.length === 0) return <Empty title={t('organisations.none')} />;
  return (
    <>
      {act.error && <ProblemNote problem={act.error} />}
      <ul className="cards">
        {session.memberships.map((one) => (
          <li key={one.organisation} className="card">
            <h2>{one.name}</h2>
            <p>
              {t(`kind.${one.kind}`)} · {one.roles.map((role) => t(`role.${role}`)).join(t('punctuation.list'))}
            </p>
            {one.organisation === session.organisation?.id ? (
              <p className="good">
                <Icon name="check" size={16} /> {t('organisations.current')}
              </p>
            ) : (
              <Button onClick={() => act.mutate(one.organisation)} aria-label={`${t('organisations.act')} ${one.name}`}>
                {t('organisations.act')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The organisations that one may act for, with the role in each; changing needs no new sign-in. */
export function Organisations() {
  const { t } = useWords();
  const session = useSession();
  const count = session.data?.memberships.length ?? 0;
  return (
    <Page kind={t('organisations.kind')} sentence={t('organisations.sentence', { count })}>
      <Awaited query={session}>{(found) => (found ? <List session={found} /> : null)}</Awaited>
    </Page>
  );
}
