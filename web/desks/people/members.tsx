import { Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { rolesFor, type MemberRole } from '../../../src/domain/parties/index.ts';
import { useSession } from '../../api/queries.ts';
import type { Session } from '../../api/wire.ts';
import { dateTime } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Awaited, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { Letter } from './letter.tsx';
import {
  invitationLink,
  useInvitations,
  useInvite,
  useMembers,
  useRemoveMember,
  useRevokeInvitation,
  useSetRoles,
  type Invitation,
  type Member,
} from './queries.ts';
import './people.css';

function RoleChoice({
  kind,
  roles,
  onChange,
}: {
  kind: NonNullable<Session['organisation']>['kind'];
  roles: readonly MemberRole[];
  onChange: (roles: MemberRole[]) => void;
}) {
  const { t } = useWords();
  const toggle = (role: MemberRole) => onChange(roles.includes(role) ? roles.filter((one) => one !== role) : [...roles, role]);
  return (
    <fieldset className="people-roles">
      <legend>{t('people.roles')}</legend>
      {rolesFor(kind).map((role) => (
        <label key={role} className="check">
          <input type="checkbox" checked={roles.includes(role)} onChange={() => toggle(role)} /> {t(`role.${role}`)}
        </label>
      ))}
    </fieldset>
  );
}

function Invite({ session }: { session: Session }) {
  const { t } = useWords();
  const id = useId();
  const invite = useInvite();
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<MemberRole[]>([]);
  const [letter, setLetter] = useState<string | null>(null);
  const organisation = session.organisation!;
  const send = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(
      { email, roles },
      {
        onSuccess: ({ token, invitation }) => {
          setLetter(
            t('people.memberLetter', {
              organisation: organisation.name,
              link: invitationLink(token),
              from: session.user.name,
              until: dateTime(invitation.expiresAt),
            }),
          );
          setEmail('');
        },
      },
    );
  };
  return (
    <Section title={t('people.invite')} note={t('people.inviteNote')}>
      <form className="form" onSubmit={send}>
        <div className="field">
          <label htmlFor={id}>{t('people.address')}</label>
          <Input id={id} type="email" required value={email} onChange={(event) => setEmail(event.target.value)} />
        </div>
        <RoleChoice kind={organisation.kind} roles={roles} onChange={setRoles} />
        {invite.error && <ProblemNote problem={invite.error} />}
        <p>
          <Button type="primary" htmlType="submit" loading={invite.isPending} disabled={roles.length === 0 || !email.includes('@')}>
            {t('people.invite')}
          </Button>
        </p>
      </form>
      {letter && <Letter text={letter} />}
    </Section>
  );
}

function MemberPanel({ member, session, onClose }: { member: Member; session: Session; onClose: () => void }) {
  const { t } = useWords();
  const [roles, setRoles] = useState<MemberRole[]>([...member.roles]);
  const save = useSetRoles();
  const remove = useRemoveMember();
  const [sure, setSure] = useState(false);
  return (
    <Panel title={member.name} onClose={onClose}>
      <RoleChoice kind={session.organisation!.kind} roles={roles} onChange={setRoles} />
      {(save.error ?? remove.error) && <ProblemNote problem={(save.error ?? remove.error)!} />}
      <p className="row">
        <Button
          type="primary"
          disabled={roles.length === 0}
          loading={save.isPending}
          onClick={() => save.mutate({ user: member.user, roles }, { onSuccess: onClose })}
        >
          {t('actions.save')}
        </Button>
        <Button danger loading={remove.isPending} onClick={() => (sure ? remove.mutate(member.user, { onSuccess: onClose }) : setSure(true))}>
          {t(sure ? 'people.removeSure' : 'people.remove')}
        </Button>
      </p>
    </Panel>
  );
}

function MemberTable({ members, me, onOpen }: { members: readonly Member[]; me: string; onOpen: (member: Member) => void }) {
  const { t } = useWords();
  const columns: Column<Member>[] = [
    { id: 'name', title: t('people.name'), heads: true, cell: ({ name }) => name },
    { id: 'email', title: t('people.address'), cell: ({ email }) => <span className="break">{email}</span> },
    { id: 'roles', title: t('people.roles'), cell: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(t('punctuation.list')) },
    { id: 'factor', title: t('people.secondFactor'), wideOnly: true, cell: ({ secondFactor }) => t(secondFactor ? 'answer.yes' : 'answer.no') },
    {
      id: 'open',
      title: <span className="only-heard">{t('people.change')}</span>,
      label: t('people.change'),
      bare: true,
      cell: (one) =>
        one.user === me ? null : (
          <Button aria-label={`${t('people.change')} ${one.name}`} onClick={() => onOpen(one)}>
            {t('people.change')}
          </Button>
        ),
    },
  ];
  return <Table exported={{ from: '/api/exports/members' }} caption={t('people.members')} columns={columns} rows={members} keyOf={({ user }) => user} />;
}

function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const { t } = useWords();
  const revoke = useRevokeInvitation();
  const now = new Date().toISOString();
  const isOpen = (one: Invitation): boolean => one.acceptedAt === null && one.revokedAt === null && one.expiresAt > now;
  const standing = (one: Invitation): string =>
    one.acceptedAt !== null
      ? t('people.accepted', { at: dateTime(one.acceptedAt) })
      : one.revokedAt !== null
        ? t('people.takenBack')
        : isOpen(one)
          ? t('people.openUntil', { until: dateTime(one.expiresAt) })
          : t('people.ended');
  const columns: Column<Invitation>[] = [
    { id: 'email', title: t('people.address'), heads: true, cell: ({ email }) => <span className="break">{email}</span> },
    { id: 'roles', title: t('people.roles'), cell: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(t('punctuation.list')) },
    { id: 'state', title: t('people.standing'), cell: standing },
    {
      id: 'revoke',
      title: <span className="only-heard">{t('people.takeBack')}</span>,
      label: t('people.takeBack'),
      bare: true,
      cell: (one) =>
        isOpen(one) && (
          <Button aria-label={`${t('people.takeBack')} ${one.email}`} onClick={() => revoke.mutate(one.id)}>
            {t('people.takeBack')}
          </Button>
        ),
    },
  ];
  return (
    <>
      {revoke.error && <ProblemNote problem={revoke.error} />}
      <Table
        exported={{ from: '/api/exports/invitations' }}
        caption={t('people.invitations')}
        columns={columns}
        rows={invitations}
        keyOf={({ id }) => id}
        empty={<p className="faint">{t('people.invitationsNone')}</p>}
      />
    </>
  );
}

/** Who belongs to the organisation, in which roles, and who was invited. */
export function Members() {
  const { t } = useWords();
  const session = useSession().data;
  const members = useMembers();
  const invitations = useInvitations();
  const [opened, setOpened] = useState<Member | null>(null);
  return (
    <Page kind={t('people.members')} sentence={t('people.membersSentence', { organisation: session?.organisation?.name ?? '' })} wide>
      <Section title={t('people.members')}>
        <Awaited query={members}>{(items) => <MemberTable members={items} me={session?.user.id ?? ''} onOpen={setOpened} />}</Awaited>
      </Section>
      {session?.permissions.includes('member:manage') && <Invite session={session} />}
      <Section title={t('people.invitations')}>
        <Awaited query={invitations}>{(items) => <InvitationTable invitations={items} />}</Awaited>
      </Section>
      {opened && session && <MemberPanel key={opened.user} member={opened} session={session} onClose={() => setOpened(null)} />}
    </Page>
  );
}
