import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { numberIn, readTableCsv, type ReadTable } from '../../../src/domain/rating/index.ts';
import { useJob } from '../../api/queries.ts';
import { useAutosave } from '../../forms/autosave.ts';
import { ChoiceField, CountField, Field, TextField } from '../../forms/field.tsx';
import { SaveState } from '../../forms/save-state.tsx';
import { number } from '../../format.ts';
import { Section } from '../../parts/page.tsx';
import { Awaited, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { DifferenceTable, plain } from './difference.tsx';
import { DislocationView } from './dislocation.tsx';
import { tableName } from './names.ts';
import { NumberTable, type Numbers } from './number-table.tsx';
import { useProposalActs, useRatebook, type Draft, type ParameterOfTariff, type Proposal, type RatebookView } from './queries.ts';
import { Filing, TableDownload } from './ratebook.tsx';

type Change = Draft['changes'][number];
type Edit = (change: Partial<Draft>) => void;

interface Editing {
  readonly draft: Draft;
  readonly edit: Edit;
  readonly faultAt: (at: string) => string | undefined;
}

function Head({ draft, edit, faultAt }: Editing) {
  const { t } = useWords();
  return (
    <fieldset className="group">
      <legend>{t('tariff.head')}</legend>
      <div className="field-pair">
        <TextField label={t('tariff.version')} value={draft.version} onChange={(version) => edit({ version: version.trim() })} error={faultAt('version')} />
        <TextField
          type="date"
          label={t('tariff.effectiveFrom')}
          help={t('tariff.effectiveHelp')}
          value={draft.effectiveFrom}
          onChange={(effectiveFrom) => edit({ effectiveFrom })}
          error={faultAt('effectiveFrom')}
        />
        <TextField label={t('tariff.titleZh')} value={draft.title.zh} onChange={(zh) => edit({ title: { ...draft.title, zh } })} error={faultAt('title.zh')} />
        <TextField label={t('tariff.titleEn')} value={draft.title.en} onChange={(en) => edit({ title: { ...draft.title, en } })} error={faultAt('title.en')} />
      </div>
      <Field label={t('tariff.why')} error={faultAt('why')}>
        {(wiring) => <Input.TextArea {...wiring} rows={3} maxLength={2000} value={draft.why} onChange={(event) => edit({ why: event.target.value })} />}
      </Field>
    </fieldset>
  );
}

/** The change of a number after something was typed: none when it is today's again. */
function withValue(changes: readonly Change[], parameter: ParameterOfTariff, typed: string): Change[] {
  const value = typed.trim() === '' ? null : numberIn(typed);
  const at = changes.findIndex(({ key }) => key === parameter.key);
  if (value === parameter.value) return changes.filter(({ key }) => key !== parameter.key);
  const kept = at < 0 ? { key: parameter.key, source: '', provenance: 'J' as const, confidence: 'L' as const } : changes[at]!;
  const changed = { ...kept, value: value === null || Number.isNaN(value) ? null : value };
  return at < 0 ? [...changes, changed] : changes.with(at, changed);
}

/** A cell to be written over. What was typed stays as it is; a number of today is no change. */
function EditCell({ parameter, draft, edit, faultAt }: Editing & { parameter: ParameterOfTariff }) {
  const { t, of } = useWords();
  const at = draft.changes.findIndex(({ key }) => key === parameter.key);
  const change = at < 0 ? undefined : draft.changes[at]!;
  const shown = change === undefined ? plain(parameter.value).replaceAll(',', '') : change.value === null ? '' : String(change.value);
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = at < 0 ? undefined : faultAt(`changes.${at}.value`);
  return (
    <span className={`tariff-cell ${change ? 'tariff-cell-changed' : ''} ${wrong ? 'tariff-cell-wrong' : ''}`}>
      <input
        aria-label={of(parameter.title)}
        aria-invalid={wrong ? true : undefined}
        inputMode="decimal"
        value={typed ?? shown}
        onChange={(event) => {
          setTyped(event.target.value);
          edit({ changes: withValue(draft.changes, parameter, event.target.value) });
        }}
        onBlur={() => setTyped(null)}
      />
      {change && <small className="faint num">{t('tariff.was', { value: plain(parameter.value) })}</small>}
      {wrong && <small className="bad">{wrong}</small>}
    </span>
  );
}

/** Source, provenance and confidence of each number that changes. */
function Sources({ editing, numbers }: { editing: Editing; numbers: Numbers }) {
  const { t, of } = useWords();
  const { draft, edit, faultAt } = editing;
  const put = (i: number, part: Partial<Change>) => edit({ changes: draft.changes.with(i, { ...draft.changes[i]!, ...part }) });
  if (draft.changes.length === 0) return <p className="faint">{faultAt('changes') ?? t('tariff.noChanges')}</p>;
  return (
    <ul className="tariff-sources">
      {draft.changes.map((change, i) => {
        const parameter = numbers.get(change.key);
        const title = parameter ? of(parameter.title) : change.key;
        return (
          <li key={change.key}>
            <p>
              <strong>{title}</strong>{' '}
              <span className="num">
                {plain(parameter?.value ?? null)} → {plain(change.value)} {parameter?.unit}
              </span>{' '}
              <button
                type="button"
                className="link"
                aria-label={t('tariff.undoNamed', { title })}
                onClick={() => edit({ changes: draft.changes.filter(({ key }) => key !== change.key) })}
              >
                {t('tariff.undo')}
              </button>
            </p>
            <div className="tariff-source">
              <TextField
                label={t('worksheet.source')}
                about={title}
                value={change.source}
                onChange={(source) => put(i, { source })}
                error={faultAt(`changes.${i}.source`) ?? faultAt(`changes.${i}.key`)}
              />
              <ChoiceField
                label={t('tariff.provenance')}
                about={title}
                value={change.provenance}
                onChange={(provenance) => put(i, { provenance })}
                options={(['V', 'D', 'M', 'J'] as const).map((id) => [id, t(`tariff.provenances.${id}`)] as const)}
              />
              <ChoiceField
                label={t('tariff.confidence')}
                about={title}
                value={change.confidence}
                onChange={(confidence) => put(i, { confidence })}
                options={(['H', 'M', 'L'] as const).map((id) => [id, t(`tariff.confidences.${id}`)] as const)}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Takes a table that was edited in a spreadsheet: what is sound is taken, what is not is named by its row. */
function Import({ draft, edit, numbers }: Pick<Editing, 'draft' | 'edit'> & { numbers: Numbers }) {
  const { t, of } = useWords();
  const [read, setRead] = useState<ReadTable | null>(null);
  const [wrong, setWrong] = useState('');
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      const found = readTableCsv(await file.text(), numbers);
      const taken = new Set(found.changes.map(({ key }) => key));
      edit({ changes: [...draft.changes.filter(({ key }) => !taken.has(key)), ...found.changes] });
      setWrong('');
      setRead(found);
    } catch (error) {
      setRead(null);
      setWrong((error as Error).message);
    }
  };
  return (
    <div className="tariff-import">
      <label className="action">
        {t('tariff.import')}
        <input type="file" className="only-heard" accept=".csv,text/csv" onChange={(event) => void take(event.target.files?.[0])} />
      </label>
      <div role="status">
        {wrong && <p className="bad">{t('tariff.importRefused', { why: wrong })}</p>}
        {read && (
          <>
            <p>{t('tariff.imported', { rows: read.rows, changes: read.changes.length, faults: read.faults.length })}</p>
            <ul>
              {read.faults.map((fault, i) => (
                <li key={i} className="bad">
                  {t('tariff.importFault', { row: fault.row, column: fault.column, message: of(fault.message) })}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function Tables({ editing, view, numbers }: { editing: Editing; view: RatebookView; numbers: Numbers }) {
  const words = useWords();
  const changed = new Set(editing.draft.changes.map(({ key }) => key));
  return (
    <Section title={words.t('tariff.editTables')} note={words.t('tariff.editNote', { version: view.version })}>
      <Import {...editing} numbers={numbers} />
      {view.tables.map((table, i) => {
        const count = table.rows.flatMap(({ keys }) => keys).filter((key) => key !== null && changed.has(key)).length;
        return (
          <details key={table.id} className="tariff-table" open={i === 0}>
            <summary>
              <strong>{tableName(table.id, words)}</strong> <span className="faint num">{table.rows.length}</span>
              {count > 0 && <span className="outcome outcome-referred">{words.t('tariff.changedCount', { count })}</span>}
            </summary>
            <NumberTable table={table} numbers={numbers} perils={view.limitFactors} cell={(parameter) => <EditCell {...editing} parameter={parameter} />} />
            <TableDownload table={table} numbers={numbers} version={view.version} />
          </details>
        );
      })}
    </Section>
  );
}

/** The job that prices the book, until it is done. */
function Progress({ job, proposal }: { job: string; proposal: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const found = useJob(job).data;
  const state = found?.state ?? 'queued';
  const finished = state === 'done' || state === 'failed';
  useEffect(() => {
    if (finished) void client.invalidateQueries({ queryKey: ['ratebook-proposal', proposal] });
  }, [finished, client, proposal]);
  if (state === 'done') return null;
  if (state === 'failed') return <p className="note note-problem">{t('tariff.trialFailed', { why: found?.refusal?.detail ?? '' })}</p>;
  const { done, total } = found?.progress ?? { done: 0, total: 0 };
  return (
    <div role="status">
      <p>
        {t(`job.${state}`, { n: found?.attempts ?? 1 })} {total > 0 && t('tariff.priced', { done: number(done), total: number(total) })}
      </p>
      <progress aria-label={t('tariff.try')} {...(total > 0 ? { value: done, max: total } : {})} />
    </div>
  );
}

function Trial({ proposal, ready }: { proposal: Proposal; ready: () => Promise<boolean> }) {
  const { t } = useWords();
  const { trial } = useProposalActs(proposal);
  const [kind, setKind] = useState<'own' | 'invented'>(proposal.ownPolicies > 0 ? 'own' : 'invented');
  const [policies, setPolicies] = useState('300');
  const [seed, setSeed] = useState('1');
  const [job, setJob] = useState<string | null>(null);
  const count = Math.min(20_000, Math.max(1, Math.round(numberIn(policies)) || 300));
  const book = kind === 'own' ? { kind, policies: 20_000, seed: null } : { kind, policies: count, seed: Math.round(numberIn(seed)) || 1 };
  const start = async () => {
    if (await ready()) trial.mutate(book, { onSuccess: (started) => setJob(started.job) });
  };
  return (
    <Section
      title={t('tariff.dislocation')}
      note={t(proposal.ownPolicies > 0 ? 'tariff.tryNoteOwn' : 'tariff.tryNoteInvented', { count: proposal.ownPolicies })}
    >
      <div className="field-pair">
        <ChoiceField
          label={t('tariff.book')}
          value={kind}
          onChange={setKind}
          options={[
            ...(proposal.ownPolicies > 0 ? [['own', t('tariff.books.own', { count: proposal.ownPolicies })] as const] : []),
            ['invented', t('tariff.books.invented')],
          ]}
        />
        {kind === 'invented' && (
          <>
            <CountField label={t('tariff.bookSize')} unit={t('tariff.policies')} value={policies} onChange={setPolicies} />
            <TextField label={t('tariff.seed')} help={t('tariff.seedHelp')} value={seed} onChange={setSeed} />
          </>
        )}
      </div>
      <div className="step-actions">
        <Button onClick={() => void start()} loading={trial.isPending} disabled={proposal.faults.length > 0}>
          {t('tariff.try')}
        </Button>
        {proposal.faults.length > 0 && <span className="faint">{t('tariff.faultsFirst', { count: proposal.faults.length })}</span>}
      </div>
      {trial.error && <ProblemNote problem={trial.error} />}
      {job && <Progress key={job} job={job} proposal={proposal.id} />}
      {proposal.dislocation && <DislocationView tried={proposal.dislocation} current={proposal.dislocationIsCurrent} />}
    </Section>
  );
}

function Ending({ proposal, ready }: { proposal: Proposal; ready: () => Promise<boolean> }) {
  const { t } = useWords();
  const { submit, discard } = useProposalActs(proposal);
  const [sure, setSure] = useState(false);
  const hand = async () => {
    if (await ready()) submit.mutate();
  };
  return (
    <Section title={t('tariff.submitTitle')} note={t('tariff.submitNote')}>
      {[submit.error, discard.error].map((problem) => problem && <ProblemNote key={problem.code} problem={problem} />)}
      <div className="step-actions">
        <Button type="primary" disabled={proposal.faults.length > 0 || !proposal.dislocationIsCurrent} loading={submit.isPending} onClick={() => void hand()}>
          {t('tariff.submit')}
        </Button>
        {sure ? (
          <>
            <span>{t('tariff.discardSure')}</span>
            <Button danger loading={discard.isPending} onClick={() => discard.mutate()}>
              {t('tariff.discardNow')}
            </Button>
            <Button onClick={() => setSure(false)}>{t('actions.cancel')}</Button>
          </>
        ) : (
          <Button onClick={() => setSure(true)}>{t('tariff.discard')}</Button>
        )}
      </div>
    </Section>
  );
}

function Editor({ proposal, view }: { proposal: Proposal; view: RatebookView }) {
  const { t, of } = useWords();
  const [draft, setDraft] = useState<Draft>(proposal.draft);
  const numbers = useMemo(() => new Map(view.numbers.map((one) => [one.key, one])), [view]);
  const { save } = useProposalActs(proposal);
  const saving = useAutosave({ name: `tariff.${proposal.id}`, value: draft, saved: proposal.draft, send: save });
  const faults = new Map(proposal.faults.map(({ at, message }) => [at, of(message)]));
  const editing: Editing = { draft, edit: (change) => setDraft((before) => ({ ...before, ...change })), faultAt: (at) => faults.get(at) };
  return (
    <div onBlur={() => void saving.flush()}>
      <SaveState saving={saving} />
      <div className="form tariff-head">
        <Head {...editing} />
      </div>
      <Tables editing={editing} view={view} numbers={numbers} />
      <Section title={t('tariff.changes')} note={t('tariff.changesNote')}>
        <Sources editing={editing} numbers={numbers} />
        {proposal.differences && <DifferenceTable difference={proposal.differences} />}
      </Section>
      <Trial proposal={proposal} ready={saving.flush} />
      <Ending proposal={proposal} ready={saving.flush} />
      {proposal.hash && <Filing path={`/api/ratebook-proposals/${proposal.id}/filing`} version={draft.version} />}
    </div>
  );
}

/** Writing a draft: every cell of the tariff can be written over; it saves itself and says at each cell what is wrong. */
export function DraftEditor({ proposal }: { proposal: Proposal }) {
  const view = useRatebook(proposal.base.version);
  return <Awaited query={view}>{(found) => <Editor proposal={proposal} view={found} />}</Awaited>;
}
