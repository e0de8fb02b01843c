import { useWhatIf } from '../../api/queries.ts';
import type { AssessmentRecord, RepairEffect, RequestedCover, Standing } from '../../api/wire.ts';
import { useRested } from '../../forms/field.tsx';
import { number, signedMoney } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Panel } from '../../parts/panel.tsx';
import { LabelMark } from '../../parts/severity.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { Term } from '../../parts/term.tsx';
import { useWords } from '../../words.ts';
import type { Tracked } from './queries.ts';
import { claimedRepairs } from './rows.ts';

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
export function WhatIfBox({
  record,
  cover,
  chosen,
  onClear,
}: {
  record: AssessmentRecord;
  cover: RequestedCover;
  chosen: readonly string[];
  onClear: () => void;
}) {
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

/** What a control is and how it is put in place. */
export function RepairPanel({ repair, onClose }: { repair: RepairEffect; onClose: () => void }) {
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
    .sort((a, b) => a.premiumDelta - b.premiumDelta || b.scoreDelta - a.scoreDelta)
    .slice(0, 3);

/**
 * What the list comes to: first what the gate asks for, else what the best three save when made together. Single savings must not be added up, for
 * the tariff multiplies and has a least premium. Null until known.
 */
export function useSentence(
  record: AssessmentRecord,
  cover: RequestedCover | null,
  repairs: readonly RepairEffect[] | undefined,
  tracked: readonly Tracked[],
): string | null {
  const { t, money } = useWords();
  const must = repairs?.filter((repair) => repair.label === 'must-fix').length ?? 0;
  const best = bestThree(repairs ?? [])
    .map(({ id }) => id)
    .sort();
  const joint = useWhatIf(record.id, record.version, must === 0 && best.length > 0 ? cover : null, best);
  if (!repairs) return null;
  if (must > 0) {
    const claimed = claimedRepairs(tracked, repairs).filter(({ label }) => label === 'must-fix').length;
    if (claimed === must) return t('fixes.sentenceClaimed', { count: must });
    return claimed > 0 ? t('fixes.sentencePartly', { open: must - claimed, claimed }) : t('fixes.sentenceGate', { count: must });
  }
  if (repairs.length === 0) return t('fixes.sentenceNone');
  if (best.length === 0) return t('fixes.sentenceNoSaving');
  if (!joint.data || joint.isPlaceholderData) return null;
  const { before, after } = joint.data;
  return t('fixes.sentence', { count: best.length, amount: money({ currency: before.premium.currency, minor: before.premium.total - after.premium.total }) });
}
