import type { Money } from '../../src/domain/basics/index.ts';
import { useWords } from '../words.ts';

/** An exact amount in tabular figures. */
export function Amount({ money, className = '' }: { money: Money; className?: string }) {
  const words = useWords();
  return <span className={`num ${className}`}>{words.money(money)}</span>;
}

/** A rounded amount whose exact value is one hover, focus or screen reader away. */
export function ShortAmount({ money }: { money: Money }) {
  const words = useWords();
  return (
    <span className="num" title={words.money(money)}>
      <span aria-hidden="true">{words.short(money)}</span>
      <span className="only-heard">{words.money(money)}</span>
    </span>
  );
}
