import type { Money } from '../../src/domain/basics/index.ts';
import { useWords } from '../words.ts';

/** An exact amount in tabular figures. */
export function Amount({ money, className = '' }: { money: Money; className?: string }) {
  const words = useWords();
  return <span className={`num ${className}`}>{words.money(money)}</span>;
}
