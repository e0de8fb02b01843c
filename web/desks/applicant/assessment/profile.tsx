import { Button, Input } from 'antd';
import { useState } from 'react';
import { useSession } from '../../../api/queries.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { useCover } from '../../../forms/cover.ts';
import { Field } from '../../../forms/field.tsx';
import { dateTime } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Awaited, ProblemNote } from '../../../parts/states.tsx';
import { useWords, type Wording } from '../../../words.ts';
import { ProfileDifferenceView } from './profile-difference.tsx';
import { useChooseProfile, useProfileDifference, useProfiles, type ProfileEntry, type Profiles } from './profile-queries.ts';
import './profile.css';

/** Under which profile the firm is scored and why, how it would be under another, and the way to make another one binding. */
export function ScoringProfile({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const profiles = useProfiles(record.id, record.version);
  return (
    <Section title={t('profiles.title')} note={t('profiles.note')} id="profile">
      <Awaited query={profiles} rows={2}>
        {(found) => (
          <>
            <Why record={record} found={found} />
            <Compare record={record} found={found} />
          </>
        )}
      </Awaited>
    </Section>
  );
}

const titleIn = ({ profiles }: Profiles, id: string, { of, t }: Wording): string => {
  const known = profiles.find((one) => one.id === id);
  return known === undefined ? t('profiles.unnamed') : of(known.title);
};

function Why({ record: { firm }, found }: { record: AssessmentRecord; found: Profiles }) {
  const words = useWords();
  const { t } = words;
  const { choice, inUse, fitting } = found;
  const title = titleIn(found, inUse, words);
  if (choice === null) return <p>{t('profiles.fitting', { title, industry: t(`industry.${firm.industry}`), employees: firm.employees })}</p>;
  const lapsed = choice.profile !== null && choice.profile !== inUse;
  const key = lapsed ? 'lapsed' : choice.profile === null ? 'chosenBack' : 'chosen';
  return (
    <>
      <p>
        {t(`profiles.${key}`, { title, name: choice.by.name, side: t(`profiles.sides.${choice.by.kind}`), at: dateTime(choice.at) })}{' '}
        {inUse !== fitting && t('profiles.insteadOf', { title: titleIn(found, fitting, words) })} {choice.carriedFrom !== undefined && t('profiles.carried')}
      </p>
      <blockquote className="profile-reason break">
        <span className="faint">
          {t('profiles.reason')}
          {t('punctuation.colon')}
        </span>
        {choice.reason}
      </blockquote>
    </>
  );
}

/** Why a profile would be taken by itself, or would not. */
function markOf({ id, inForce, byHand, fitsIndustry, fitsSize }: ProfileEntry, inUse: string, { t }: Wording): string {
  if (id === inUse) return t('profiles.inUse');
  if (!inForce) return t('profiles.notYet');
  if (byHand) return t('profiles.byHand');
  if (!fitsIndustry) return t('profiles.notIndustry');
  return t(fitsSize ? 'profiles.fits' : 'profiles.notSize');
}

function Compare({ record, found }: { record: AssessmentRecord; found: Profiles }) {
  const words = useWords();
  const { t, of } = words;
  const { cover, isSuggested } = useCover(record);
  const [chosen, setChosen] = useState('');
  const others = found.profiles.filter(({ inForce, id }) => inForce && id !== found.inUse);
  const other = others.find(({ id }) => id === chosen);
  const difference = useProfileDifference(record.id, record.version, other === undefined ? null : { profile: other.id, cover });
  if (others.length === 0) return <p className="faint">{t('profiles.nothing')}</p>;
  return (
    <>
      <label className="profile-pick no-print">
        <span>{t('profiles.look')}</span>
        <select className="select" value={other?.id ?? ''} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{t('profiles.none')}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {of(one.title)} · {markOf(one, found.inUse, words)}
            </option>
          ))}
        </select>
      </label>
      {other === undefined ? (
        <p className="faint no-print">{t('profiles.choose')}</p>
      ) : (
        <>
          <Awaited query={difference}>{(compared) => <ProfileDifferenceView found={compared} isSuggested={isSuggested} />}</Awaited>
          <Change record={record} found={found} other={other} onChanged={() => setChosen('')} />
        </>
      )}
    </>
  );
}

/** For the assessor: makes the compared profile the binding one, with a reason. Everybody else reads who may. */
function Change({ record, found, other, onChanged }: { record: AssessmentRecord; found: Profiles; other: ProfileEntry; onChanged: () => void }) {
  const { t, of } = useWords();
  const session = useSession().data;
  const [open, setOpen] = useState(false);
  const may = session?.permissions.includes('profile:choose') === true && session.organisation?.kind === 'assessor';
  if (!may) return <p className="faint no-print">{t('profiles.whoMay')}</p>;
  const title = t('profiles.change', { title: of(other.title) });
  return (
    <p className="no-print">
      <Button onClick={() => setOpen(true)}>{title}</Button>
      {open && (
        <Panel title={title} onClose={() => setOpen(false)}>
          <ChangeForm record={record} profile={other.id === found.fitting ? null : other.id} onChanged={onChanged} />
        </Panel>
      )}
    </p>
  );
}

function ChangeForm({ record, profile, onChanged }: { record: AssessmentRecord; profile: string | null; onChanged: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const choose = useChooseProfile(record);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choose.mutate({ profile, reason }, { onSuccess: onChanged });
      }}
    >
      <p>{t('profiles.changeNote')}</p>
      <Field label={t('profiles.changeReason')} help={t('profiles.changeReasonHelp')}>
        {(wiring) => <Input.TextArea {...wiring} rows={4} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      {choose.error && <ProblemNote problem={choose.error} />}
      <Button type="primary" htmlType="submit" loading={choose.isPending} disabled={reason.trim() === ''}>
        {t('profiles.changeConfirm')}
      </Button>
    </form>
  );
}
