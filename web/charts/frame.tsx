import { lazy, Suspense, useId, useState, type ReactNode } from 'react';
import { useWords } from '../words.ts';
import { Icon } from '../parts/icon.tsx';

/** The drawing engine is loaded with the first chart that needs it. */
export const Drawing = lazy(() => import('./drawing.tsx'));

/**
 * Every chart: its title, the one sentence that the data says, the drawing, and the same data as a table. Print shows both.
 */
export function ChartFrame({
  title,
  sentence,
  table,
  children,
  note,
}: {
  title: ReactNode;
  sentence: string;
  table: ReactNode;
  children: ReactNode;
  note?: ReactNode;
}) {
  const { t } = useWords();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className={`chart ${asTable ? 'chart-as-table' : ''}`} aria-labelledby={id}>
      <figcaption className="chart-head">
        <div>
          <h2 id={id}>{title}</h2>
          <p>{sentence}</p>
        </div>
        <button type="button" className="switch-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          <Icon name={asTable ? 'chart' : 'table'} size={16} />
          {t(asTable ? 'chart.drawing' : 'chart.table')}
        </button>
      </figcaption>
      <div className="chart-drawing" hidden={asTable}>
        <Suspense fallback={<p className="faint chart-wait">{t('chart.loading')}</p>}>{children}</Suspense>
      </div>
      <div className="chart-table" hidden={!asTable}>
        {table}
      </div>
      {note}
    </figure>
  );
}
