import type { components } from '../api/schema.d.ts';
import { dateTime, day, number } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame } from './frame.tsx';
import './score-history.css';

export type ScorePoint = components['schemas']['ScorePoint'];

const size = { width: 640, height: 180, left: 34, right: 12, top: 12, bottom: 24 };
const x = (i: number, count: number): number => size.left + (count === 1 ? 0.5 : i / (count - 1)) * (size.width - size.left - size.right);
const y = (score: number): number => size.top + (1 - score / 100) * (size.height - size.top - size.bottom);

/** How the score moved from version to version, with the band of what was possible on the evidence of the time. */
export function ScoreHistory({ points, passLine }: { points: readonly ScorePoint[]; passLine: number }) {
  const { t } = useWords();
  const [first, last] = [points[0]!, points.at(-1)!];
  const sentence = t('derivation.historySentence', { from: number(first.score, 1), to: number(last.score, 1), count: points.length, since: day(first.at) });
  const place = (pick: (point: ScorePoint) => number) => points.map((point, i) => `${x(i, points.length).toFixed(1)},${y(pick(point)).toFixed(1)}`);
  const band = [...place(({ high }) => high), ...place(({ low }) => low).reverse()].join(' ');
  const reasons = ({ changed }: ScorePoint): string => changed.map((one) => t(`derivation.changed.${one}`)).join(t('punctuation.list'));
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('assessment.on')}</th>
          <th scope="col" className="right">
            {t('assessment.score')}
          </th>
          <th scope="col" className="right">
            {t('assessment.range')}
          </th>
          <th scope="col">{t('assessment.gate')}</th>
          <th scope="col">{t('derivation.why')}</th>
        </tr>
      </thead>
      <tbody>
        {[...points].reverse().map((point) => (
          <tr key={point.version}>
            <th scope="row" className="num">
              {dateTime(point.at)}
            </th>
            <td className="right num">
              {number(point.score, 1)} {point.grade}
            </td>
            <td className="right num">
              {number(point.low)}–{number(point.high)}
            </td>
            <td>{t(point.gatePassed ? 'fixes.passed' : 'fixes.notPassed')}</td>
            <td>{reasons(point)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('derivation.history')} sentence={sentence} table={table}>
      <svg className="score-history" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={sentence}>
        {[0, 50, 100].map((score) => (
          <g key={score}>
            <line className="score-grid" x1={size.left} x2={size.width - size.right} y1={y(score)} y2={y(score)} />
            <text x={size.left - 6} y={y(score) + 4} textAnchor="end">
              {score}
            </text>
          </g>
        ))}
        <line className="score-pass" x1={size.left} x2={size.width - size.right} y1={y(passLine)} y2={y(passLine)} />
        <polygon className="score-band" points={band} />
        <polyline className="score-line" points={place(({ score }) => score).join(' ')} />
        {points.map((point, i) => (
          <circle key={point.version} className="score-dot" cx={x(i, points.length)} cy={y(point.score)} r={4}>
            <title>{`${dateTime(point.at)} · ${number(point.score, 1)} · ${reasons(point)}`}</title>
          </circle>
        ))}
        <text x={size.left} y={size.height - 6}>
          {day(first.at)}
        </text>
        <text x={size.width - size.right} y={size.height - 6} textAnchor="end">
          {day(last.at)}
        </text>
      </svg>
    </ChartFrame>
  );
}
