import type { ReactNode } from 'react';

/** Names with their values, as a list that a screen reader tells in pairs. */
export function Facts({ rows, tight = false }: { rows: readonly (readonly [name: string, value: ReactNode])[]; tight?: boolean }) {
  return (
    <dl className={tight ? 'facts facts-tight' : 'facts'}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
