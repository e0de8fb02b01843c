import './interval-rows.css';

/** One row: where the number lies, its interval, and for a before/after row where it was. Places are shares of the axis, 0 to 1. */
export interface IntervalRow {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly text: string;
  readonly at: number | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly before?: number | null;
}

const percentOf = (place: number): string => `${(Math.max(0, Math.min(1, place)) * 100).toFixed(2)}%`;

function Track({ row, zero }: { row: IntervalRow; zero: number | null }) {
  const { at, from, to, before = null } = row;
  return (
    <span className="interval-track" aria-hidden="true">
      {zero !== null && <span className="interval-zero" style={{ left: percentOf(zero) }} />}
      {from !== null && to !== null && <span className="interval-range" style={{ left: percentOf(from), width: percentOf(to - from) }} />}
      {before !== null && at !== null && (
        <span className="interval-move" style={{ left: percentOf(Math.min(before, at)), width: percentOf(Math.abs(at - before)) }} />
      )}
      {before !== null && <span className="interval-before" style={{ left: percentOf(before) }} />}
      {at !== null && <span className="interval-dot" style={{ left: percentOf(at) }} />}
    </span>
  );
}

/** Numbers with their intervals on one axis, one below the other. `ticks` are written under the axis; `zero` is where nothing would have happened. */
export function IntervalRows({ rows, ticks, zero }: { rows: readonly IntervalRow[]; ticks: readonly { at: number; text: string }[]; zero: number | null }) {
  return (
    <div className="interval-rows">
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <span className="interval-label">
              {row.label}
              {row.note && <small className="faint"> {row.note}</small>}
            </span>
            <Track row={row} zero={zero} />
            <span className="interval-text num">{row.text}</span>
          </li>
        ))}
      </ul>
      <div className="interval-axis" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick.at} style={{ left: percentOf(tick.at) }}>
            {tick.text}
          </span>
        ))}
      </div>
    </div>
  );
}
