import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { FixImpact } from '../../charts/fix-impact.tsx';
import { useAssessment, useFindings, useRepairs, useWhatIf } from '../../api/queries.ts';
import type { AssessmentRecord, Currency, RepairEffect, RequestedCover, Standing } from '../../api/wire.ts';
import { useCover } from '../../forms/cover.ts';
import { ChipsField, useRested } from '../../forms/field.tsx';
import { number, signedMoney } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { LabelMark } from '../../parts/severity.tsx';
import { Awaited, AwaitedPage, Empty, ProblemNote } from '../../parts/states.tsx';
import { Term } from '../../parts/term.tsx';
import { useWords } from '../../words.ts';
import { FindingPanel } from './assessment/findings.tsx';

type Order = 'saving' | 'risk' | 'ease';

const risk = { 'must-fix': 0, 'affects-premium': 1, advice: 2 } as const;
const ease = { S: 0, M: 1, L: 2 } as const;

const orders: Record<Order, (a: RepairEffect, b: RepairEffect) => number> = {
  saving: (a, b) => a.premiumDelta - b.premiumDelta || b.scoreDelta - a.scoreDelta,
  risk: (a, b) => risk[a.label] - risk[b.label] || b.scoreDelta - a.scoreDelta || a.premiumDelta - b.premiumDelta,
  ease: (a, b) => ease[a.effort] - ease[b.effort] || a.premiumDelta - b.premiumDelta,
};

const worthSaying = (repair: RepairEffect): boolean => repair.premiumDelta < 0 || repair.label !== 'advice' || repair.gate !== 'none';

/** One side of the what-if: score, gate and premium. */
function Side({ title, standing }: { title: string; standing: Standing }) {
  const { t } = useWords();
  return (
    <div className="side">
      <h2>{title}</h2>
      <dl>
        <div>
          <dt>{t('fixes.score')}</dt>
          <dd className="num">
            {number(standing.score, 1)} <small>{standing.grade}</small>
          </dd>
        </div>
        <div>
          <dt>{t('fixes.premium')}</dt>
          <dd>
            <Amount money={{ currency: standing.premium.currency, minor: standing.premium.total }} />
          </dd>
        </div>
        <div>
          <dt>{t('fixes.gate')}</dt>
          <dd className={standing.gate.passed ? 'good' : 'bad'}>{t(standing.gate.passed ? 'fixes.passed' : 'fixes.notPassed')}</dd>
        </div>
      </dl>
    </div>
  );
}

/** What the ticked repairs do together, by the tariff that binds; it stays in sight while one ticks. */
function WhatIfBox({ record, cover, chosen, onClear }: { record: AssessmentRecord; cover: RequestedCover; chosen: readonly string[]; onClear: () => void }) {
  const { t, language } = useWords();
  const rested = useRested(chosen, 250);
  const answer = useWhatIf(record.id, record.version, cover, rested);
  if (answer.error) return <ProblemNote problem={answer.error} />;
  if (!answer.data) return null;
  const { before, after } = answer.data;
  const saved = after.premium.total - before.premium.total;
  const behind = answer.isPlaceholderData || rested !== chosen;
  return (
    <section className={`what-if ${behind ? 'stale' : ''}`} aria-live="polite" aria-busy={behind}>
      <Side title={t('fixes.before')} standing={before} />
      <span className="what-if-arrow" aria-hidden="true">
        →
      </span>
      <Side title={t('fixes.chosen', { count: chosen.length })} standing={after} />
      <div className="what-if-sum">
        {chosen.length === 0 ? (
          <p>{t('fixes.pick')}</p>
        ) : (
          <p className="price">{behind ? '…' : signedMoney({ currency: before.premium.currency, minor: saved }, language)}</p>
        )}
        <p className="faint">
          {t('fixes.trial')} <Term name="whatIf" />
        </p>
        {chosen.length > 0 && (
          <button type="button" className="link" onClick={onClear}>
            {t('fixes.clear')}
          </button>
        )}
      </div>
    </section>
  );
}

function RepairRow({
  repair,
  asset,
  currency,
  checked,
  onCheck,
  onOpen,
}: {
  repair: RepairEffect;
  asset: string | undefined;
  currency: Currency;
  checked: boolean;
  onCheck: () => void;
  onOpen: () => void;
}) {
  const { t, of } = useWords();
  return (
    <li className={`repair ${checked ? 'repair-on' : ''}`}>
      <input type="checkbox" checked={checked} onChange={onCheck} aria-label={t('fixes.select', { title: of(repair.title) })} />
      <div className="repair-text">
        <button type="button" className="row-open" onClick={onOpen}>
          {of(repair.title)}
        </button>
        <p className="marks">
          <LabelMark label={repair.label} />
          {asset && <span className="break">{asset}</span>}
          <span className="faint">
            {t(repair.finding ? 'fixes.kindFinding' : 'fixes.kindControl')} · {t('effort.title')} {t(`effort.${repair.effort}`)}
          </span>
          {repair.gate !== 'none' && <span className="good">{t(repair.gate === 'unblocks' ? 'fixes.unblocks' : 'fixes.removesBlocker')}</span>}
        </p>
      </div>
      <div className="repair-worth">
        {repair.premiumDelta < 0 ? (
          <span>
            <span className="faint">{t('fixes.savesA')}</span>{' '}
            <strong>
              <Amount money={{ currency, minor: -repair.premiumDelta }} />
            </strong>
          </span>
        ) : (
          <span className="faint">--</span>
        )}
        <span className="faint num">
          {t('fixes.score')} {repair.scoreDelta >= 0 ? '+' : ''}
          {number(repair.scoreDelta, 1)}
        </span>
      </div>
    </li>
  );
}

function RepairPanel({ repair, onClose }: { repair: RepairEffect; onClose: () => void }) {
  const { t, of } = useWords();
  return (
    <Panel title={of(repair.title)} onClose={onClose}>
      <p className="marks">
        <LabelMark label={repair.label} />
      </p>
      <h3>{t('fixes.how')}</h3>
      <p className="foreign">{of(repair.advice)}</p>
    </Panel>
  );
}

/** The up to three repairs that save most, each counted alone. */
const bestThree = (repairs: readonly RepairEffect[]): RepairEffect[] =>
  repairs
    .filter((repair) => repair.premiumDelta < 0)
    .sort(orders.saving)
    .slice(0, 3);

/**
 * What the list comes to: first what the gate asks for, else what the best three save when made together. Single savings must not be added up, for
 * the tariff multiplies and has a least premium. Null until known.
 */
function useSentence(record: AssessmentRecord, cover: RequestedCover | null, repairs: readonly RepairEffect[] | undefined): string | null {
  const { t, money } = useWords();
  const must = repairs?.filter((repair) => repair.label === 'must-fix').length ?? 0;
  const best = bestThree(repairs ?? [])
    .map(({ id }) => id)
    .sort();
  const joint = useWhatIf(record.id, record.version, must === 0 && best.length > 0 ? cover : null, best);
  if (!repairs) return null;
  if (must > 0) return t('fixes.sentenceGate', { count: must });
  if (repairs.length === 0) return t('fixes.sentenceNone');
  if (best.length === 0) return t('fixes.sentenceNoSaving');
  if (!joint.data || joint.isPlaceholderData) return null;
  const { before, after } = joint.data;
  return t('fixes.sentence', { count: best.length, amount: money({ currency: before.premium.currency, minor: before.premium.total - after.premium.total }) });
}

/** The open repairs with their worth, and what the ticked ones do together. */
function RepairList({ record, cover, repairs }: { record: AssessmentRecord; cover: RequestedCover; repairs: readonly RepairEffect[] }) {
  const { t, of } = useWords();
  const [order, setOrder] = useState<Order>('saving');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<RepairEffect | null>(null);
  const [all, setAll] = useState(false);
  const findings = useFindings(record.id, record.version).data?.findings ?? [];
  const sorted = useMemo(() => [...repairs].sort(orders[order]), [repairs, order]);
  const shown = all ? sorted : sorted.filter(worthSaying);
  const savings = useMemo(
    () =>
      repairs
        .filter((repair) => repair.premiumDelta < 0)
        .sort(orders.saving)
        .map((repair) => ({ id: repair.id, title: of(repair.title), savingMinor: -repair.premiumDelta })),
    [repairs, of],
  );
  const ticked = useMemo(() => [...chosen].filter((id) => repairs.some((repair) => repair.id === id)).sort(), [chosen, repairs]);
  const flip = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const assetOf = new Map(
    findings.map((one) => [one.id, `${one.asset.name}${one.asset.port === null || one.asset.kind === 'url' ? '' : `:${one.asset.port}`}`]),
  );
  const finding = findings.find((one) => one.id === open?.finding);
  return (
    <>
      <WhatIfBox record={record} cover={cover} chosen={ticked} onClear={() => setChosen(new Set())} />
      {savings.length > 0 && <FixImpact savings={savings} currency={cover.currency} />}
      <Section
        title={t('fixes.kind')}
        note={t('fixes.note')}
        actions={
          <ChipsField
            legend={t('fixes.sortBy')}
            hideLegend
            value={order}
            onChange={setOrder}
            options={
              [
                ['saving', t('fixes.sortSaving')],
                ['risk', t('fixes.sortRisk')],
                ['ease', t('fixes.sortEase')],
              ] as const
            }
          />
        }
      >
        <ul className="repairs row-list">
          {shown.map((repair) => (
            <RepairRow
              key={repair.id}
              repair={repair}
              asset={assetOf.get(repair.finding ?? '')}
              currency={cover.currency}
              checked={chosen.has(repair.id)}
              onCheck={() => flip(repair.id)}
              onOpen={() => setOpen(repair)}
            />
          ))}
        </ul>
        {shown.length < sorted.length && (
          <p>
            <button type="button" className="link" onClick={() => setAll(true)}>
              {t('fixes.hiddenNone', { count: sorted.length - shown.length })} · {t('fixes.showAll')}
            </button>
          </p>
        )}
      </Section>
      {open && (finding ? <FindingPanel finding={finding} onClose={() => setOpen(null)} /> : <RepairPanel repair={open} onClose={() => setOpen(null)} />)}
    </>
  );
}

function FixesPage({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const { cover } = useCover(record);
  const repairs = useRepairs(record.id, record.version, cover);
  const said = useSentence(record, cover, repairs.data?.repairs) ?? record.firm.name;
  return (
    <Page
      kind={`${t('fixes.kind')} · ${record.firm.name}`}
      sentence={said}
      wide
      aside={
        <>
          <Link to="/assessments/$assessment" params={{ assessment: record.id }} className="action">
            {t('home.openAssessment')}
          </Link>
          <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step: 'cover' }} className="action action-main">
            {t('assessment.getQuote')}
          </Link>
        </>
      }
    >
      <Awaited query={repairs}>
        {(found) =>
          found.repairs.length === 0 || !cover ? (
            <Empty title={t('fixes.sentenceNone')} />
          ) : (
            <RepairList record={record} cover={cover} repairs={found.repairs} />
          )
        }
      </Awaited>
    </Page>
  );
}

/** S6: what each repair is worth in money, score and gate, and what a chosen set would do together. */
export function Fixes() {
  const { assessment } = useParams({ from: '/inside/assessments/$assessment/fixes' });
  const record = useAssessment(assessment);
  return <AwaitedPage query={record}>{(found) => <FixesPage record={found} />}</AwaitedPage>;
}
