import { Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { useSession } from '../../api/queries.ts';
import type { Questionnaire } from '../../api/wire.ts';
import { dateTime } from '../../format.ts';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { Letter } from './letter.tsx';
import { invitationLink, useAssign, useAssignments, useReassign, useTakeBack, type Assigned, type Assignment } from './queries.ts';
import './people.css';

type Section = Questionnaire['sections'][number];

function AddressForm({ label, submit, busy, onSend }: { label: string; submit: string; busy: boolean; onSend: (email: string) => void }) {
  const id = useId();
  const [email, setEmail] = useState('');
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (email.includes('@')) onSend(email);
  };
  return (
    <div className="row">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        className="people-address"
        type="email"
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(event as unknown as FormEvent);
        }}
      />
      <Button loading={busy} disabled={!email.includes('@')} onClick={() => send()}>
        {submit}
      </Button>
    </div>
  );
}

/** Who answers this section, since when, and the way to take it back or give it to somebody else. */
function Assignee({ assignment, onLetter }: { assignment: Assignment; onLetter: (assigned: Assigned) => void }) {
  const { t } = useWords();
  const takeBack = useTakeBack();
  const reassign = useReassign();
  const [changing, setChanging] = useState(false);
  const { answered, email, until } = assignment;
  return (
    <li>
      <p>{answered ? t('people.answeredBy', { name: answered.name, at: dateTime(answered.at) }) : t('people.waitingFor', { email, until: dateTime(until) })}</p>
      <p className="row">
        <Button size="small" aria-label={`${t('people.takeBack')} ${email}`} loading={takeBack.isPending} onClick={() => takeBack.mutate(assignment.id)}>
          {t('people.takeBack')}
        </Button>
        <Button size="small" aria-label={`${t('people.reassign')} ${email}`} onClick={() => setChanging(!changing)}>
          {t('people.reassign')}
        </Button>
      </p>
      {(takeBack.error ?? reassign.error) && <ProblemNote problem={(takeBack.error ?? reassign.error)!} />}
      {changing && (
        <AddressForm
          label={t('people.newAddress')}
          submit={t('people.reassign')}
          busy={reassign.isPending}
          onSend={(next) =>
            reassign.mutate(
              { id: assignment.id, email: next },
              {
                onSuccess: (assigned) => {
                  setChanging(false);
                  onLetter(assigned);
                },
              },
            )
          }
        />
      )}
    </li>
  );
}

/** Has a colleague or a service provider answer one section alone. */
export function SectionHelp({ assessment, section }: { assessment: string; section: Section }) {
  const { t, of } = useWords();
  const session = useSession().data;
  const assignments = useAssignments(assessment).data ?? [];
  const assign = useAssign(assessment);
  const [letter, setLetter] = useState<string | null>(null);
  if (!session?.permissions.includes('section:assign')) return null;
  const open = assignments.filter(({ state, sections }) => state !== 'revoked' && sections.includes(section.id));
  const write = ({ token, assignment }: Assigned) => {
    const link = token === null ? `${location.origin}/my-sections/${assignment.id}` : invitationLink(token);
    setLetter(
      t('people.sectionLetter', { firm: assignment.firm, section: of(section.title), link, from: session.user.name, until: dateTime(assignment.until) }),
    );
  };
  return (
    <details className="why section-help" open={open.length > 0 || letter !== null}>
      <summary>{t('people.askColleague')}</summary>
      <p className="faint">{t('people.askColleagueNote')}</p>
      <ul>
        {open.map((assignment) => (
          <Assignee key={assignment.id} assignment={assignment} onLetter={write} />
        ))}
      </ul>
      {letter && <Letter text={letter} />}
      {assign.error && <ProblemNote problem={assign.error} />}
      {open.length === 0 && (
        <AddressForm
          label={t('people.address')}
          submit={t('people.assign')}
          busy={assign.isPending}
          onSend={(email) => assign.mutate({ email, sections: [section.id] }, { onSuccess: write })}
        />
      )}
    </details>
  );
}
