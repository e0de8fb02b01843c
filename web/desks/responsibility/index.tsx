import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import type { DutyFindings } from '../../../src/domain/catalogue/index.ts';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';
import { Field, MoneyField, useRested } from '../../forms/field.tsx';
import { parseAmount } from '../../forms/parse-amount.ts';
import { percent, plainMoney } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, AwaitedPage } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import './responsibility.css';

type Matrix = components['schemas']['SaidMatrix'];
type Split = components['schemas']['FaultSplit'];
type Duty = Matrix['duties'][number];
type Found = DutyFindings['duties'][number];

const answers = ['no', 'yes', 'unknown'] as const;

/** A case to begin with: the provider's monitoring failed, and the attacker had a part in it. */
const firstFindings = ({ duties }: Matrix): Found[] =>
  duties.map(({ id, accountable }, i) => ({
    duty: id,
    breached: accountable === 'provider' && duties.findIndex((one) => one.accountable === 'provider') === i ? 'yes' : 'no',
    weight: 1,
  }));

function RaciTable({ matrix, found, set }: { matrix: Matrix; found: readonly Found[]; set: (found: Found) => void }) {
  const { t, of } = useWords();
  const name = (party: 'insured' | 'provider' | 'insurer'): string => t(`responsibility.party.${party}`);
  const list = (parties: readonly ('insured' | 'provider' | 'insurer')[]): string => parties.map(name).join(t('punctuation.list')) || '--';
  const findingOf = ({ id }: Duty): Found => found.find(({ duty }) => duty === id)!;
  const columns: Column<Duty>[] = [
    { id: 'duty', title: t('responsibility.duty'), heads: true, cell: (duty) => of(duty.title) },
    { id: 'r', title: t('responsibility.responsible'), cell: (duty) => name(duty.responsible) },
    { id: 'a', title: t('responsibility.accountable'), cell: (duty) => <strong>{name(duty.accountable)}</strong> },
    { id: 'c', title: t('responsibility.consulted'), cell: (duty) => list(duty.consulted) },
    { id: 'i', title: t('responsibility.informed'), cell: (duty) => list(duty.informed) },
    {
      id: 'breached',
      title: t('responsibility.breached'),
      cell: (duty) => (
        <select
          className="select"
          aria-label={`${t('responsibility.breached')} · ${of(duty.title)}`}
          value={findingOf(duty).breached}
          onChange={(event) => set({ ...findingOf(duty), breached: event.target.value as Found['breached'] })}
        >
          {answers.map((answer) => (
            <option key={answer} value={answer}>
              {t(`responsibility.answer.${answer}`)}
            </option>
          ))}
        </select>
      ),
    },
    {
      id: 'weight',
      title: t('responsibility.weight'),
      align: 'right',
      cell: (duty) => (
        <Input
          aria-label={`${t('responsibility.weight')} · ${of(duty.title)}`}
          inputMode="decimal"
          className="weight"
          defaultValue="1"
          onChange={(event) => set({ ...findingOf(duty), weight: Math.min(1000, Math.max(0, Number(event.target.value) || 0)) })}
        />
      ),
    },
  ];
  return (
    <Section title={t('responsibility.matrix')} note={`${t('responsibility.matrixNote')} ${t('responsibility.findNote')}`}>
      <Table caption={t('responsibility.matrix')} columns={columns} rows={matrix.duties} keyOf={({ id }) => id} />
    </Section>
  );
}

function Result({ matrix, findings }: { matrix: Matrix; findings: DutyFindings }) {
  const { t, of, money } = useWords();
  const rested = useRested(findings, 250);
  const split = useQuery({
    queryKey: ['fault-split', matrix.id, rested],
    queryFn: () => request<Split>('POST', `/api/responsibility-matrices/${matrix.id}/split`, { body: { findings: rested } }),
    placeholderData: (before) => before,
  });
  const { currency } = matrix;
  const say = (minor: number): string => money({ currency, minor });
  const amount = (minor: number): string => plainMoney({ currency, minor });
  const steps: Column<Split['trace'][number]>[] = [
    { id: 'step', title: t('responsibility.step'), heads: true, cell: (line) => of(line.text) },
    { id: 'clause', title: t('responsibility.clause'), cell: (line) => <code>{line.clause}</code> },
    { id: 'amount', title: t('responsibility.amount'), align: 'right', cell: (line) => amount(line.amountMinor) },
  ];
  const responses: Column<Split['responses'][number]>[] = [
    { id: 'waived', title: t('responsibility.waived'), heads: true, cell: (one) => percent(one.waivedShare, 0) },
    { id: 'bears', title: t('responsibility.bears'), align: 'right', cell: (one) => amount(one.providerBearsMinor) },
    { id: 'effort', title: t('responsibility.effort'), cell: (one) => of(one.effort) },
    { id: 'probability', title: t('responsibility.probability'), align: 'right', cell: (one) => percent(one.probability, 1) },
  ];
  return (
    <Awaited query={split}>
      {({ fault, shared, trace, responses: rows }) => (
        <>
          <Section title={t('responsibility.result')}>
            <p role="status">
              <strong>
                {t('responsibility.resultSentence', {
                  provider: percent(fault.provider, 0),
                  insured: percent(fault.insured, 0),
                  others: percent(fault.others, 0),
                  insurer: say(shared.insurerBearsMinor),
                  bears: say(shared.providerBearsMinor),
                  own: say(shared.insuredBearsMinor),
                })}
              </strong>
            </p>
            <Table dense caption={t('responsibility.result')} columns={steps} rows={trace} keyOf={(line) => line.step} />
            <p className="section-note num">
              {t('responsibility.sum', { loss: say(shared.insuredBearsMinor + shared.insurerBearsMinor + shared.providerBearsMinor) })}
            </p>
          </Section>
          <Section title={t('responsibility.response')} note={t('responsibility.responseNote')}>
            <Table dense caption={t('responsibility.response')} columns={responses} rows={rows} keyOf={(one) => String(one.waivedShare)} />
          </Section>
        </>
      )}
    </Awaited>
  );
}

function MatrixPage({ matrix }: { matrix: Matrix }) {
  const { t, of } = useWords();
  const [found, setFound] = useState(() => firstFindings(matrix));
  const [othersWeight, setOthers] = useState(1);
  const [loss, setLoss] = useState('4,000,000');
  const [payable, setPayable] = useState('3,500,000');
  const lossMinor = parseAmount(loss, matrix.currency);
  const payableMinor = parseAmount(payable, matrix.currency);
  const ready = lossMinor !== null && lossMinor > 0 && payableMinor !== null;
  const set = (one: Found) => setFound((before) => before.map((old) => (old.duty === one.duty ? one : old)));
  return (
    <Page kind={t('responsibility.kind')} sentence={t('responsibility.sentence', { waived: percent(matrix.waivedShare, 0) })} wide>
      <Section title={`${t('responsibility.clause')} · ${of(matrix.title)}`} note={t('responsibility.clauseNote')}>
        <p>{of(matrix.said)}</p>
        <p className="faint small">{t('responsibility.source', { source: `${matrix.source} [${matrix.provenance}]` })}</p>
      </Section>
      <RaciTable matrix={matrix} found={found} set={set} />
      <div className="field-pair">
        <MoneyField label={t('responsibility.loss')} value={loss} onChange={setLoss} error={lossMinor === null ? t('apply.badAmount') : undefined} />
        <MoneyField
          label={t('responsibility.payable')}
          value={payable}
          onChange={setPayable}
          error={payableMinor === null ? t('apply.badAmount') : undefined}
        />
      </div>
      <Field label={t('responsibility.others')}>
        {(wiring) => (
          <Input
            {...wiring}
            className="weight"
            inputMode="decimal"
            defaultValue="1"
            onChange={(event) => setOthers(Math.min(1000, Math.max(0, Number(event.target.value) || 0)))}
          />
        )}
      </Field>
      {ready && <Result matrix={matrix} findings={{ lossMinor, payableMinor, duties: found, othersWeight }} />}
    </Page>
  );
}

/** The co-responsibility clause of an insured service: who does what, and from a fault finding who bears the loss, step by step. */
export function Responsibility() {
  const matrices = useQuery({
    queryKey: ['responsibility-matrices'],
    queryFn: () => request<{ matrices: Matrix[] }>('GET', '/api/responsibility-matrices'),
    staleTime: 600_000,
  });
  return <AwaitedPage query={matrices}>{({ matrices: [matrix] }) => (matrix ? <MatrixPage matrix={matrix} /> : null)}</AwaitedPage>;
}
