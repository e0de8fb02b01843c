import { useEffect, useRef } from 'react';
import type { Coverage, RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import type { PaperInForce } from '../../../../src/domain/policy/index.ts';
import type { Text } from '../../../../src/domain/basics/index.ts';
import { plainMoney } from '../../../format.ts';
import { Panel } from '../../../parts/panel.tsx';
import { useWords } from '../../../words.ts';

interface PaperProps {
  readonly paper: PaperInForce;
  readonly cover: RequestedCover;
  readonly coverages: readonly Coverage[];
  readonly of: (text: Text) => string;
}

function Notice({ paper, of }: PaperProps) {
  return (
    <>
      {paper.lead && <p>{of(paper.lead)}</p>}
      <ol className="clauses">
        {paper.clauses.map((clause) => (
          <li key={clause.zh}>{of(clause)}</li>
        ))}
      </ol>
    </>
  );
}

function Terms({ paper, cover, coverages, of }: PaperProps) {
  const { t } = useWords();
  const { currency } = cover;
  return (
    <>
      {paper.lead && <p>{of(paper.lead)}</p>}
      <p className="num">
        {t('quote.limit')} {currency} {plainMoney({ currency, minor: cover.limitMinor })} · {t('quote.retention')} {currency}{' '}
        {plainMoney({ currency, minor: cover.retentionMinor })}
      </p>
      <ol className="clauses">
        {cover.lines.map((line) => {
          const coverage = coverages.find((one) => one.id === line.coverage);
          return (
            <li key={line.coverage}>
              <strong>{coverage ? of(coverage.title) : line.coverage}</strong>
              <p>{coverage && of(coverage.trigger)}</p>
              <p className="num">
                {t('quote.subLimit')} {currency} {plainMoney({ currency, minor: line.subLimitMinor })}
                {line.waitingHours !== null && ` · ${t('quote.waiting')} ${t('quote.wordWaiting', { hours: line.waitingHours })}`}
              </p>
              {coverage && (
                <p className="faint">
                  {t('quote.proofs')}
                  {t('punctuation.colon')}
                  {coverage.proofs.map(of).join(t('punctuation.list'))}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Exclusions({ paper, cover, coverages, of }: PaperProps) {
  const { t } = useWords();
  return (
    <>
      <p>
        <strong>{paper.lead && of(paper.lead)}</strong>
      </p>
      {cover.lines.map((line) => {
        const coverage = coverages.find((one) => one.id === line.coverage);
        return (
          <section key={line.coverage}>
            <h3>{coverage ? of(coverage.title) : line.coverage}</h3>
            {coverage && coverage.exclusions.length > 0 ? (
              <ul className="clauses">
                {coverage.exclusions.map((one) => (
                  <li key={one.zh}>{of(one)}</li>
                ))}
              </ul>
            ) : (
              <p>{t('bind.exclusionsNone')}</p>
            )}
          </section>
        );
      })}
    </>
  );
}

/** One document in a dialog; tells when its end came into sight. */
export function PaperDialog({ onEnd, onClose, ...props }: PaperProps & { onEnd: () => void; onClose: () => void }) {
  const { id, title } = props.paper;
  const { t } = useWords();
  const end = useRef<HTMLParagraphElement>(null);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  useEffect(() => {
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && ended.current());
    watcher.observe(end.current!);
    return () => watcher.disconnect();
  }, [id]);
  return (
    <Panel title={props.of(title)} onClose={onClose}>
      <div className="paper-text">
        {id === 'notice' ? <Notice {...props} /> : id === 'terms' ? <Terms {...props} /> : <Exclusions {...props} />}
        <p ref={end} className="paper-end">
          {t('bind.end')}
        </p>
      </div>
      <button type="button" className="action action-main" onClick={onClose}>
        {t('actions.close')}
      </button>
    </Panel>
  );
}
