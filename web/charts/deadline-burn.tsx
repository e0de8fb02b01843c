import { ageBands, agesAgainstDeadlines, clockStandings, type ClockStanding, type TrackedFinding } from '../../src/domain/assessment/index.ts';
import { useWords } from '../words.ts';
import './deadline-burn.css';
import { ChartFrame } from './frame.tsx';

const none: Readonly<Record<ClockStanding, number>> = { overdue: 0, soon: 0, 'in-time': 0, none: 0 };
const sumOf = (band: Readonly<Record<ClockStanding, number>>): number => clockStandings.reduce((sum, standing) => sum + band[standing], 0);

/** C13: open weaknesses by age, stacked by how their deadline stands. Each part carries its number, and each row its words: no colour speaks alone. */
export function DeadlineBurn({ tracked, now }: { tracked: readonly TrackedFinding[]; now: string }) {
  const { t } = useWords();
  const bands = agesAgainstDeadlines(tracked, now);
  const all = bands.reduce(
    (sum, band) => ({ ...sum, ...Object.fromEntries(clockStandings.map((standing) => [standing, sum[standing] + band[standing]])) }),
    none,
  );
  const most = Math.max(1, ...bands.map(sumOf));
  const sentence = t('tracked.burn.sentence', { total: sumOf(all), overdue: all.overdue, soon: all.soon });
  const name = (from: number): string => t(`tracked.burn.band.${from as 0 | 7 | 30 | 90}`);
  const table = (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('tracked.burn.age')}</th>
          {clockStandings.map((standing) => (
            <th key={standing} scope="col" className="right">
              {t(`tracked.burn.standing.${standing}`)}
            </th>
          ))}
          <th scope="col" className="right">
            {t('tracked.burn.total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {bands.map((band, i) => (
          <tr key={ageBands[i]!.from}>
            <th scope="row">{name(ageBands[i]!.from)}</th>
            {clockStandings.map((standing) => (
              <td key={standing} className="right num">
                {band[standing]}
              </td>
            ))}
            <td className="right num">{sumOf(band)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('tracked.burn.title')} sentence={sentence} table={table}>
      <div role="img" aria-label={sentence} className="burn">
        {bands.map((band, i) => (
          <div key={ageBands[i]!.from} className="burn-row">
            <span className="burn-name">{name(ageBands[i]!.from)}</span>
            <span className="burn-bar">
              {clockStandings
                .filter((standing) => band[standing] > 0)
                .map((standing) => (
                  <span key={standing} className={`burn-part burn-${standing}`} style={{ width: `${(100 * band[standing]) / most}%` }}>
                    {band[standing]}
                  </span>
                ))}
            </span>
            <span className="num faint">{sumOf(band)}</span>
          </div>
        ))}
        <p className="burn-key">
          {clockStandings
            .filter((standing) => all[standing] > 0)
            .map((standing) => (
              <span key={standing}>
                <span className={`burn-part burn-${standing} burn-sample`} /> {t(`tracked.burn.standing.${standing}`)}
              </span>
            ))}
        </p>
      </div>
    </ChartFrame>
  );
}
