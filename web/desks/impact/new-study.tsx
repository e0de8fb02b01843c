import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useSession } from '../../api/queries.ts';
import { ChoiceField, TextField, useRested } from '../../forms/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { Awaited, Forbidden, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { BalanceTable, LeftOut } from './balance.tsx';
import './impact.css';
import { partName } from './names.ts';
import { useCohortPreview, useSaveStudy, useStudyChoices } from './queries.ts';
import { askedOf, controlOf, dayInBeijing, emptyDraft, faultsOf, presets, type Fault, type Faults, type Preset, type StudyDraft } from './study-form.ts';
import type { CohortPreview, StudyChoices, StudyQuery } from './wire.ts';

/** Any of several answers side by side, as checkboxes. */
function ManyChips<T extends string>({
  legend,
  chosen,
  onChange,
  options,
}: {
  legend: string;
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
  options: readonly (readonly [T, string])[];
}) {
  const flip = (id: T) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset className="chips many">
      <legend>{legend}</legend>
      {options.map(([id, text]) => (
        <label key={id} className={`chip ${chosen.includes(id) ? 'chip-on' : ''}`}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => flip(id)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

interface Editing {
  readonly draft: StudyDraft;
  readonly edit: (change: Partial<StudyDraft>) => void;
}

interface Checked extends Editing {
  readonly faults: Faults;
}

/** What is wrong with a field, in words. */
function useFault(): (fault: Fault | undefined) => string | undefined {
  const { t } = useWords();
  return (fault) => (fault === undefined ? undefined : t(`impact.faults.${fault}`));
}

const designs = ['did', 'paired', 'groups', 'survival', 'staggered', 'interrupted'] as const;

/** What is asked, by which design, on which metrics. */
function What({ draft, edit, choices }: Editing & { choices: StudyChoices }) {
  const { t, of } = useWords();
  const fitting = choices.metrics.filter((metric) => metric.designs.includes(draft.design));
  const choose = (design: StudyDraft['design']) => {
    const still = draft.metrics.filter((id) => choices.metrics.some((metric) => metric.id === id && metric.designs.includes(design)));
    const first = choices.metrics.find((metric) => metric.designs.includes(design))?.id;
    edit({ design, metrics: still.length > 0 ? still : first ? [first] : [], splitBy: design === 'groups' || design === 'survival' ? draft.splitBy : [] });
  };
  return (
    <fieldset className="group">
      <legend>{t('impact.what')}</legend>
      <TextField label={t('impact.question')} value={draft.question} onChange={(question) => edit({ question })} />
      <ChoiceField
        label={t('impact.design')}
        value={draft.design}
        onChange={choose}
        options={designs.map((id) => [id, t(`impact.designs.${id}`)] as const)}
        help={t(`impact.designHelp.${draft.design}`)}
      />
      <ManyChips
        legend={t('impact.metrics')}
        chosen={draft.metrics}
        onChange={(metrics) => edit({ metrics })}
        options={fitting.map(({ id, title }) => [id, of(title)] as const)}
      />
      {(draft.design === 'groups' || draft.design === 'survival') && (
        <ManyChips
          legend={t('impact.splits')}
          chosen={draft.splitBy}
          onChange={(splitBy) => edit({ splitBy })}
          options={choices.splits.map(({ id, title }) => [id, of(title)] as const)}
        />
      )}
    </fieldset>
  );
}

/** How controls are found: only where the design calls for matched ones. */
function Matching({ draft, edit, faults }: Checked) {
  const { t } = useWords();
  const said = useFault();
  const kind = controlOf(draft).kind;
  return (
    <>
      <p>
        <strong>{t('impact.control')}</strong> {t(`impact.controls.${kind}`)}
      </p>
      {kind === 'matched' && (
        <>
          <ManyChips
            legend={t('impact.same')}
            chosen={draft.same}
            onChange={(same) => edit({ same })}
            options={(['industry', 'size'] as const).map((id) => [id, t(`impact.characteristics.${id}`)] as const)}
          />
          <ManyChips
            legend={t('impact.near')}
            chosen={draft.near}
            onChange={(near) => edit({ near })}
            options={(['score', 'employees', 'revenue'] as const).map((id) => [id, t(`impact.measures.${id}`)] as const)}
          />
          <TextField label={t('impact.caliper')} error={said(faults.caliper)} value={draft.caliper} onChange={(caliper) => edit({ caliper })} />
        </>
      )}
    </>
  );
}

/** Whom the study is about: source, dates, characteristics, score, control group. */
function Who({ draft, edit, faults, choices, found }: Checked & { choices: StudyChoices; found: CohortPreview['choices'] | undefined }) {
  const words = useWords();
  const said = useFault();
  const { t, of } = words;
  const chips = (key: string, values: readonly string[] = []) => values.map((value) => [value, partName(`${key}:${value}`, words)] as const);
  const source = choices.sources.find(({ id }) => id === draft.source);
  return (
    <fieldset className="group">
      <legend>{t('impact.who')}</legend>
      <ChoiceField
        label={t('impact.source')}
        value={draft.source}
        onChange={(id) => edit({ source: id, industries: [], sizes: [], products: [] })}
        options={choices.sources.map(({ id, name }) => [id, of(name)] as const)}
        help={source?.source ? of(source.source) : undefined}
      />
      <div className="field-pair">
        <TextField optional type="date" label={t('impact.startFrom')} value={draft.startFrom} onChange={(startFrom) => edit({ startFrom })} />
        <TextField
          optional
          type="date"
          label={t('impact.startUntil')}
          error={said(faults.startUntil)}
          value={draft.startUntil}
          onChange={(startUntil) => edit({ startUntil })}
        />
        <TextField
          optional
          label={t('impact.scoreFrom')}
          error={said(faults.scoreFrom)}
          value={draft.scoreFrom}
          onChange={(scoreFrom) => edit({ scoreFrom })}
        />
        <TextField
          optional
          label={t('impact.scoreUntil')}
          error={said(faults.scoreUntil)}
          value={draft.scoreUntil}
          onChange={(scoreUntil) => edit({ scoreUntil })}
        />
      </div>
      {found && found.industries.length > 0 && (
        <ManyChips
          legend={t('impact.industries')}
          chosen={draft.industries}
          onChange={(industries) => edit({ industries })}
          options={chips('industry', found.industries)}
        />
      )}
      {found && found.sizes.length > 0 && (
        <ManyChips legend={t('impact.sizesTitle')} chosen={draft.sizes} onChange={(sizes) => edit({ sizes })} options={chips('size', found.sizes)} />
      )}
      {found && found.products.length > 0 && (
        <ManyChips
          legend={t('impact.products')}
          chosen={draft.products}
          onChange={(products) => edit({ products })}
          options={chips('product', found.products)}
        />
      )}
      <Matching draft={draft} edit={edit} faults={faults} />
    </fieldset>
  );
}

function HowLong({ draft, edit, faults }: Checked) {
  const { t } = useWords();
  const said = useFault();
  return (
    <fieldset className="group">
      <legend>{t('impact.howLong')}</legend>
      <div className="field-pair">
        <TextField label={t('impact.followUp')} error={said(faults.followUp)} value={draft.followUp} onChange={(followUp) => edit({ followUp })} />
        <TextField type="date" label={t('impact.asOf')} error={said(faults.asOf)} value={draft.asOf} onChange={(asOf) => edit({ asOf })} />
        <TextField label={t('impact.seed')} error={said(faults.seed)} help={t('impact.seedHelp')} value={draft.seed} onChange={(seed) => edit({ seed })} />
        <ChoiceField
          label={t('impact.refresh')}
          value={draft.refresh}
          onChange={(refresh) => edit({ refresh })}
          options={(['none', 'daily'] as const).map((id) => [id, t(`impact.refreshes.${id}`)] as const)}
        />
      </div>
    </fieldset>
  );
}

function Preview({ preview }: { preview: CohortPreview }) {
  const { t } = useWords();
  const { cohort } = preview;
  return (
    <>
      <p role="status">
        <strong>{cohort.insured === 0 ? t('impact.previewNobody') : t('impact.previewSentence', { insured: cohort.insured, control: cohort.control })}</strong>
      </p>
      {cohort.unmatched > 0 && <p>{t('impact.previewUnmatched', { count: cohort.unmatched })}</p>}
      {cohort.excluded.length > 0 && (
        <>
          <h3>{t('impact.excluded')}</h3>
          <LeftOut excluded={cohort.excluded} />
        </>
      )}
      {cohort.balance.length > 0 && (
        <>
          <h3>{t('impact.balance')}</h3>
          <BalanceTable balance={cohort.balance} />
        </>
      )}
    </>
  );
}

function Builder({ choices }: { choices: StudyChoices }) {
  const { t, of } = useWords();
  const navigate = useNavigate();
  const now = useMemo(() => new Date().toISOString(), []);
  const [draft, setDraft] = useState<StudyDraft>(() => ({ ...emptyDraft(dayInBeijing(now)), question: t('impact.presetLevel') }));
  // The form as it last was without a fault: what the preview goes on to show.
  const [sound, setSound] = useState(draft);
  const faults = faultsOf(draft, now);
  const isFaulty = Object.keys(faults).length > 0;
  const edit = (change: Partial<StudyDraft>) => {
    const next = { ...draft, ...change };
    setDraft(next);
    if (Object.keys(faultsOf(next, now)).length === 0) setSound(next);
  };
  const asked = askedOf(sound, now);
  const { source, cohort, control, asOf } = asked;
  // As text, so that equal cohorts are one question however often the form is drawn.
  const wanted = JSON.stringify({ source, cohort, control, asOf });
  const rested = useRested(wanted, 400);
  const preview = useCohortPreview(JSON.parse(rested) as Pick<StudyQuery, 'source' | 'cohort' | 'control' | 'asOf'>);
  const save = useSaveStudy();
  const rate = choices.silent.find(({ metric }) => metric === 'premium-saved');
  const run = () => save.mutate(asked, { onSuccess: (study) => void navigate({ to: '/impact/studies/$study', params: { study: study.id } }) });
  return (
    <div className="impact-form">
      <div className="form">
        <fieldset className="group">
          <legend>{t('impact.presets')}</legend>
          <div className="presets">
            {(Object.keys(presets) as Preset[]).map((preset) => (
              <button key={preset} type="button" className="action" onClick={() => edit({ ...presets[preset], question: t(`impact.${preset}`) })}>
                {t(`impact.${preset}`)}
              </button>
            ))}
          </div>
          {rate && <p className="faint">{t('impact.presetRateWhy', { question: t('impact.presetRate'), because: of(rate.because) })}</p>}
        </fieldset>
        <What draft={draft} edit={edit} choices={choices} />
        <Who draft={draft} edit={edit} faults={faults} choices={choices} found={preview.data?.choices} />
        <HowLong draft={draft} edit={edit} faults={faults} />
        {save.error && <ProblemNote problem={save.error} />}
        <div className="step-actions">
          <Button type="primary" onClick={run} loading={save.isPending} disabled={isFaulty || asked.question === '' || asked.metrics.length === 0}>
            {t('impact.run')}
          </Button>
          {isFaulty && <span className="field-error">{t('impact.mendFirst')}</span>}
          {save.isPending && <span role="status">{t('impact.running')}</span>}
        </div>
      </div>
      <aside className={`impact-preview ${isFaulty || preview.isPlaceholderData || rested !== wanted ? 'stale' : ''}`} aria-label={t('impact.preview')}>
        <h2>{t('impact.preview')}</h2>
        {choices.sources.find(({ id }) => id === draft.source)?.invented && (
          <p className="note note-warning">
            <Icon name="alert" /> {t('impact.invented')}
          </p>
        )}
        <Awaited query={preview} rows={3}>
          {(found) => <Preview preview={found} />}
        </Awaited>
      </aside>
    </div>
  );
}

/** The question picker and cohort builder: everything is decided before anything is looked at. */
export function NewStudy() {
  const { t } = useWords();
  const may = useSession().data?.permissions ?? [];
  const choices = useStudyChoices();
  if (!may.includes('study:write'))
    return (
      <div className="page">
        <Forbidden />
      </div>
    );
  return (
    <Page kind={`${t('impact.kind')} · ${t('impact.newStudy')}`} sentence={t('impact.builderSentence')} wide>
      <Awaited query={choices}>{(found) => <Builder choices={found} />}</Awaited>
    </Page>
  );
}
