import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { none, number } from '../../format.ts';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { ProvenanceMark } from '../../parts/provenance.tsx';
import { LanguageButton, ShadeButton } from '../../parts/shell.tsx';
import { AwaitedPage } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useRules, type AssessmentRules } from '../fixes/queries.ts';

type Signal = AssessmentRules['signals'][number];
type ControlRule = AssessmentRules['controls'][number];
type Parameter = AssessmentRules['parameters'][number];

function Signals({ signals }: { signals: readonly Signal[] }) {
  const { t, of } = useWords();
  const columns: Column<Signal>[] = [
    { id: 'name', title: t('tracked.rules.name'), heads: true, cell: (one) => of(one.title) },
    { id: 'rule', title: t('tracked.rules.rule'), bare: true, cell: (one) => of(one.rule) },
    { id: 'blocks', title: t('tracked.rules.effect'), cell: (one) => t(`tracked.rules.blocks.${one.blocks}`) },
    {
      id: 'risk',
      title: t('tracked.rules.risk'),
      align: 'right',
      cell: (one) =>
        one.relativeRisk && (
          <span title={one.relativeRisk.source}>
            {number(one.relativeRisk.value, 2)} <ProvenanceMark provenance={one.relativeRisk.provenance} />
          </span>
        ),
    },
  ];
  return <Table caption={t('tracked.rules.signals')} columns={columns} rows={signals} keyOf={({ id }) => id} />;
}

function Controls({ controls, signals }: { controls: readonly ControlRule[]; signals: readonly Signal[] }) {
  const { t, of } = useWords();
  const titles = new Map(signals.map(({ id, title }) => [id, of(title)]));
  const columns: Column<ControlRule>[] = [
    {
      id: 'name',
      title: t('tracked.rules.question'),
      heads: true,
      cell: (one) => (
        <>
          {of(one.title)}
          <br />
          <span className="faint">{of(one.question)}</span>
        </>
      ),
    },
    { id: 'weight', title: t('tracked.rules.weight'), align: 'right', cell: (one) => (one.dimension === 'vulnerabilities' ? none : number(one.weight, 1)) },
    { id: 'against', title: t('tracked.rules.against'), cell: (one) => one.contradictedBy.map((id) => titles.get(id) ?? id).join(t('punctuation.list')) },
    {
      id: 'source',
      title: t('tracked.rules.source'),
      cell: (one) => (
        <span className="faint">
          {one.source} <ProvenanceMark provenance={one.provenance} />
        </span>
      ),
    },
  ];
  return <Table caption={t('tracked.rules.controls')} columns={columns} rows={controls} keyOf={({ id }) => id} />;
}

function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  const { t, of } = useWords();
  const columns: Column<Parameter>[] = [
    { id: 'name', title: t('tracked.rules.name'), heads: true, cell: (one) => of(one.title) },
    {
      id: 'value',
      title: t('tracked.rules.value'),
      align: 'right',
      cell: (one) => (
        <>
          {one.value} {one.unit}
        </>
      ),
    },
    {
      id: 'source',
      title: t('tracked.rules.source'),
      cell: (one) => (
        <span className="faint">
          {one.source} <ProvenanceMark provenance={one.provenance} />
        </span>
      ),
    },
  ];
  return <Table caption={t('tracked.rules.parameters')} columns={columns} rows={parameters} keyOf={({ key }) => key} />;
}

function RulesView({ rules }: { rules: AssessmentRules }) {
  const { t, of } = useWords();
  const [text, setText] = useState('');
  const sought = text.trim().toLowerCase();
  const has = (...words: readonly string[]): boolean => sought === '' || words.some((word) => word.toLowerCase().includes(sought));
  const { signals, controls, parameters } = rules;
  return (
    <Page kind={t('tracked.rules.kind')} sentence={t('tracked.rules.sentence', { signals: signals.length, controls: controls.length })} wide>
      <p className="section-note">{t('tracked.rules.note')}</p>
      <Input
        data-search
        allowClear
        className="search"
        aria-label={t('lists.filter')}
        placeholder={t('lists.filter')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Section title={t('tracked.rules.signals')}>
        <Signals signals={signals.filter((one) => has(of(one.title), of(one.rule), one.id))} />
      </Section>
      <Section title={t('tracked.rules.controls')}>
        <Controls controls={controls.filter((one) => has(of(one.title), of(one.question), one.id))} signals={signals} />
      </Section>
      <Section title={t('tracked.rules.parameters')}>
        <Parameters parameters={parameters.filter((one) => has(of(one.title), one.key))} />
      </Section>
    </Page>
  );
}

/** The public page of every rule that findings are judged by; it stands outside the signed-in portal. */
export function Rules() {
  const { t } = useWords();
  const rules = useRules();
  return (
    <div className="shell">
      <header className="bar">
        <Link to="/" className="brand" aria-label={t('product.name')}>
          <Mark size={30} />
        </Link>
        <strong>{t('product.name')}</strong>
        <div className="bar-tools">
          <LanguageButton />
          <ShadeButton />
          <Link to="/login">{t('tracked.rules.signIn')}</Link>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <AwaitedPage query={rules}>{(found) => <RulesView rules={found} />}</AwaitedPage>
      </main>
    </div>
  );
}
