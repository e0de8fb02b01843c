import { smallSample } from '../../src/domain/evaluation/index.ts';
import type { Count } from '../../src/domain/evaluation/index.ts';
import { number, percent } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame } from './frame.tsx';
import { IntervalRows } from './interval-rows.tsx';

/** One metric before and after in the same firms, as counts. */
export interface BeforeAfterRow {
  readonly id: string;
  readonly title: string;
  readonly before: Count;
  readonly after: Count;
}

const share = ({ count, of }: Count): number | null => (of === 0 ? null : count / of);

/** “42/84 (50%)”; the percentage only when there are firms enough for one. */
const written = (count: Count): string =>
  `${number(count.count)}/${number(count.of)}${count.of >= smallSample ? ` (${percent(count.count / count.of, 0)})` : ''}`;

/** C11: where a share was and where it is, with its counts. Says that it proves no cause unless a control group stands beside it. */
export function BeforeAfter({ rows, controlled = false }: { rows: readonly BeforeAfterRow[]; controlled?: boolean }) {
  const { t } = useWords();
  const few = rows.some(({ before }) => before.of < smallSample);
  const first = rows[0]!;
  const sentence = t('impact.beforeAfterSentence', {
    title: first.title,
    before: `${first.before.count}/${first.before.of}`,
    after: `${first.after.count}/${first.after.of}`,
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({
    at,
    text: few ? (at === 0 || at === 1 ? (at === 0 ? t('impact.none') : t('impact.all')) : '') : percent(at, 0),
  }));
  const table = (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('impact.metric')}</th>
          <th scope="col" className="right">
            {t('impact.before')}
          </th>
          <th scope="col" className="right">
            {t('impact.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.title}</th>
            <td className="right num">{written(row.before)}</td>
            <td className="right num">{written(row.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame
      title={t('impact.beforeAfter')}
      sentence={sentence}
      table={table}
      note={<p className="faint small">{t(controlled ? 'impact.controlledNote' : 'impact.noCauseNote')}</p>}
    >
      <IntervalRows
        zero={null}
        ticks={ticks}
        rows={rows.map((row) => ({
          id: row.id,
          label: row.title,
          text: `${written(row.before)} → ${written(row.after)}`,
          at: share(row.after),
          before: share(row.before),
          from: null,
          to: null,
        }))}
      />
    </ChartFrame>
  );
}
