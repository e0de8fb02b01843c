import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { groundsFor, mayAsk, type DisputeGround, type FindingAction } from '../../../src/domain/assessment/index.ts';
import { useSession } from '../../api/queries.ts';
import { explain } from '../../api/problems.ts';
import { Problem } from '../../api/problem.ts';
import { ChoiceField, Field, TextField } from '../../forms/field.tsx';
import { day } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { useAcceptanceDeciders, useAsk, useAssignees, useDeciders, type Asking, type Outcome, type Tracked } from './queries.ts';

/** What was asked and what came of it, with how it stood before, so that it can be undone. */
export interface Done {
  readonly act: FindingAction;
  readonly outcome: Outcome;
  readonly before: readonly Tracked[];
}

interface Draft {
  readonly note: string;
  readonly reason: string;
  readonly until: string;
  readonly ground: DisputeGround;
  readonly proof: string;
  readonly proofFile: File | null;
  readonly decider: string;
  readonly assignee: string;
}

function askingOf(act: FindingAction, draft: Draft): Asking {
  const { note, reason, until, ground, proof, proofFile, decider, assignee } = draft;
  if (act === 'assign') return { act, assignee: assignee === '' ? null : assignee };
  if (act === 'accept-risk') return { act, reason, until };
  if (act === 'dispute') return { act, ground, proof, proofFile, decider: decider === '' ? null : decider };
  return { act, note };
}

const isComplete = (act: FindingAction, { reason, until, proof }: Draft, last: string | undefined): boolean =>
  act === 'accept-risk' ? reason.trim() !== '' && until !== '' && !isTooLate(until, last) : act === 'dispute' ? proof.trim() !== '' : true;

interface Filled {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

function AssigneeFields({ draft, change }: Filled) {
  const { t } = useWords();
  const assignees = useAssignees(true).data ?? [];
  const options = [['', t('tracked.nobody')], ...assignees.map(({ user, name }) => [user, name])] as [string, string][];
  return <ChoiceField label={t('tracked.assignee')} value={draft.assignee} onChange={(assignee) => change({ assignee })} options={options} />;
}

/** Whether the day lies behind the last one that the rules allow; the server refuses it in any case. */
const isTooLate = (until: string, last: string | undefined): boolean => last !== undefined && until > last;

/** Said before the request: nobody else could decide it, and what to do about that. */
function NobodyDecides({ words }: { words: 'nobodyAccepts' | 'nobodyJudges' | 'nobodyJudgesThere' }) {
  const { t } = useWords();
  const mayInvite = useSession().data?.permissions.includes('member:manage') ?? false;
  return (
    <p className="note note-warning" role="status">
      <span>
        {t(`tracked.${words}`)} {words === 'nobodyAccepts' && (mayInvite ? <Link to="/members">{t('tracked.inviteSecond')}</Link> : t('tracked.askToInvite'))}
      </span>
    </p>
  );
}

function AcceptanceFields({ draft, change }: Filled) {
  const { t } = useWords();
  const { deciders, lastDay: last } = useAcceptanceDeciders().data ?? {};
  const tomorrow = day(new Date(Date.now() + 86_400_000).toISOString());
  return (
    <>
      {deciders?.length === 0 && <NobodyDecides words="nobodyAccepts" />}
      <Field label={t('tracked.reason')} help={t('tracked.reasonHelp')}>
        {(wiring) => <Input.TextArea {...wiring} rows={3} maxLength={4000} value={draft.reason} onChange={(event) => change({ reason: event.target.value })} />}
      </Field>
      <TextField
        type="date"
        min={tomorrow}
        {...(last === undefined ? {} : { max: last, help: t('tracked.untilHelp', { last }) })}
        label={t('tracked.until')}
        error={isTooLate(draft.until, last) ? t('tracked.untilTooLate', { last }) : undefined}
        value={draft.until}
        onChange={(until) => change({ until })}
      />
    </>
  );
}

function DisputeFields({ draft, change, grounds }: Filled & { grounds: readonly DisputeGround[] }) {
  const { t } = useWords();
  const found = useDeciders().data;
  const deciders = found ?? [];
  const asked = deciders.find(({ id }) => id === draft.decider) ?? deciders[0];
  return (
    <>
      {found?.length === 0 && <NobodyDecides words="nobodyJudges" />}
      {asked?.hasPerson === false && <NobodyDecides words="nobodyJudgesThere" />}
      <ChoiceField
        label={t('tracked.groundLegend')}
        value={draft.ground}
        onChange={(ground) => change({ ground })}
        options={grounds.map((ground) => [ground, t(`tracked.ground.${ground}`)] as const)}
      />
      <Field label={t('tracked.proof')} help={t('tracked.proofHelp')}>
        {(wiring) => <Input.TextArea {...wiring} rows={4} maxLength={4000} value={draft.proof} onChange={(event) => change({ proof: event.target.value })} />}
      </Field>
      <Field label={t('tracked.proofFile')} help={t('tracked.proofFileHelp')} optional>
        {(wiring) => <input {...wiring} type="file" onChange={(event) => change({ proofFile: event.target.files?.[0] ?? null })} />}
      </Field>
      <ChoiceField
        label={t('tracked.decider')}
        value={draft.decider === '' ? (deciders[0]?.id ?? '') : draft.decider}
        onChange={(decider) => change({ decider })}
        options={deciders.map(({ id, name, kind }) => [id, `${name} · ${t(`tracked.deciderKind.${kind}`)}`] as const)}
      />
    </>
  );
}

function NoteField({ draft, change, help }: Filled & { help: string | undefined }) {
  const { t } = useWords();
  return (
    <Field label={t('tracked.note')} help={help} optional>
      {(wiring) => <Input.TextArea {...wiring} rows={3} maxLength={4000} value={draft.note} onChange={(event) => change({ note: event.target.value })} />}
    </Field>
  );
}

/** Each weakness that was left alone, with its reason. */
function RefusedList({ refused, from }: { refused: Outcome['refused']; from: readonly Tracked[] }) {
  const { t } = useWords();
  const said = ({ code, detail, facts }: Outcome['refused'][number]) => explain(new Problem({ status: 409, code, detail, facts }), t);
  return (
    <div>
      <p>{t('tracked.refused', { count: refused.length })}</p>
      <ul>
        {refused.map((one) => (
          <li key={one.finding}>
            {from.find(({ id }) => id === one.finding)?.title ?? one.finding}
            {t('punctuation.colon')}
            {said(one).happened} <span className="faint">{said(one).next}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Asks one thing for all of the chosen weaknesses for which it can be asked; says how many, and how many are left out. */
export function AskDialog({
  assessment,
  act,
  chosen,
  ground,
  onClose,
  onDone,
}: {
  assessment: string;
  act: FindingAction;
  chosen: readonly Tracked[];
  ground?: DisputeGround;
  onClose: () => void;
  onDone: (done: Done) => void;
}) {
  const { t } = useWords();
  const ask = useAsk(assessment);
  const last = useAcceptanceDeciders(act === 'accept-risk').data?.lastDay;
  const key = useRef(crypto.randomUUID());
  const user = useSession().data?.user.id ?? '';
  const fitting = chosen.filter((one) => mayAsk[act](one));
  const grounds = [...new Set(fitting.flatMap(groundsFor))];
  const [draft, setDraft] = useState<Draft>({
    ...{ note: '', reason: '', until: '', proof: '', proofFile: null, decider: '', assignee: user },
    ground: ground ?? grounds[0] ?? 'not-mine',
  });
  const filled: Filled = { draft, change: (part) => setDraft({ ...draft, ...part }) };
  const renewKey = () => {
    key.current = crypto.randomUUID();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(
      { findings: fitting.map(({ id }) => id), asking: askingOf(act, draft), key: key.current },
      {
        // With nothing done, what was typed stays for another try.
        onSuccess: (outcome) => (outcome.findings.length > 0 ? onDone({ act, outcome, before: fitting }) : renewKey()),
        onError: renewKey,
      },
    );
  };
  const left = chosen.length - fitting.length;
  return (
    <Panel title={t(`tracked.actTitle.${act}`, { count: fitting.length })} onClose={onClose} at="middle">
      <form className="form" onSubmit={send}>
        <p className="faint">{t(`tracked.actNote.${act}`)}</p>
        {left > 0 && <p className="note note-warning">{t('tracked.leftOut', { count: left })}</p>}
        {act === 'assign' && <AssigneeFields {...filled} />}
        {act === 'accept-risk' && <AcceptanceFields {...filled} />}
        {act === 'dispute' && <DisputeFields {...filled} grounds={grounds} />}
        {(act === 'claim-fix' || act === 'take-back') && <NoteField {...filled} help={act === 'claim-fix' ? t('tracked.noteClaim') : undefined} />}
        {ask.error && <ProblemNote problem={ask.error} />}
        {ask.data?.findings.length === 0 && (
          <div className="note note-warning" role="alert">
            <RefusedList refused={ask.data.refused} from={fitting} />
          </div>
        )}
        <p className="row">
          <Button type="primary" htmlType="submit" loading={ask.isPending} disabled={!isComplete(act, draft, last) || fitting.length === 0}>
            {t('tracked.send')}
          </Button>
          <Button onClick={onClose}>{t('actions.cancel')}</Button>
        </p>
      </form>
    </Panel>
  );
}

/** The steps that bring everything back: a deed is taken back, an assignment is given back to whoever had it. */
function undoSteps({ act, outcome, before }: Done): { findings: string[]; asking: Asking }[] {
  const ids = outcome.findings.map(({ id }) => id);
  if (act !== 'assign') return [{ findings: ids, asking: { act: 'take-back', note: '' } }];
  const byOwner = new Map<string | null, string[]>();
  for (const id of ids) {
    const owner = before.find((one) => one.id === id)?.assignee?.user ?? null;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), id]);
  }
  return [...byOwner].map(([assignee, findings]) => ({ findings, asking: { act: 'assign', assignee } }));
}

/** What came of it: how many, each that was left alone with its reason, and the way back. */
export function DoneNote({ assessment, done, onClose }: { assessment: string; done: Done; onClose: () => void }) {
  const { t } = useWords();
  const ask = useAsk(assessment);
  const [undone, setUndone] = useState(false);
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.focus(), [done]);
  const { act, outcome } = done;
  const undo = async () => {
    for (const step of undoSteps(done)) await ask.mutateAsync({ ...step, key: crypto.randomUUID() });
    setUndone(true);
  };
  return (
    <div className={`note ${outcome.refused.length > 0 ? 'note-warning' : 'note-good'}`} role="status" tabIndex={-1} ref={note}>
      <div>
        <strong>{undone ? t('tracked.undone') : t('tracked.done', { act: t(`tracked.act.${act}`), count: outcome.findings.length })}</strong>
        {outcome.refused.length > 0 && <RefusedList refused={outcome.refused} from={done.before} />}
        {ask.error && <ProblemNote problem={ask.error} />}
        <p className="row">
          {!undone && act !== 'take-back' && outcome.findings.length > 0 && (
            <Button size="small" loading={ask.isPending} onClick={() => void undo()}>
              {t('tracked.undo')}
            </Button>
          )}
          <Button size="small" onClick={onClose}>
            {t('actions.close')}
          </Button>
        </p>
      </div>
    </div>
  );
}
