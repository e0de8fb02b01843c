import type { Grade } from '../../src/domain/assessment/index.ts';
import { number } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame } from './frame.tsx';

interface Band {
  readonly grade: Grade;
  readonly from: number;
  readonly to: number;
}

/** The bands between the lowest scores of A, B, C and D; none while these are not known. */
function bandsOf(edges: readonly (number | null)[]): Band[] {
  const [a, b, c, d] = edges;
  if (a == null || b == null || c == null || d == null) return [];
  return [
    { grade: 'E', from: 0, to: d },
    { grade: 'D', from: d, to: c },
    { grade: 'C', from: c, to: b },
    { grade: 'B', from: b, to: a },
    { grade: 'A', from: a, to: 100 },
  ];
}

const centre = { x: 160, y: 150 };
const turn = (score: number): number => Math.PI * (1 - Math.max(0, Math.min(100, score)) / 100);
const at = (score: number, radius: number) => ({ x: centre.x + radius * Math.cos(turn(score)), y: centre.y - radius * Math.sin(turn(score)) });

function arc(from: number, to: number, radius: number): string {
  const [a, b] = [at(from, radius), at(to, radius)];
  return `M${a.x.toFixed(2)} ${a.y.toFixed(2)}A${radius} ${radius} 0 0 1 ${b.x.toFixed(2)} ${b.y.toFixed(2)}`;
}

function Tick({ score, from, to, className }: { score: number; from: number; to: number; className: string }) {
  const [a, b] = [at(score, from), at(score, to)];
  return <line className={className} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />;
}

export interface GaugeData {
  readonly score: number;
  readonly low: number;
  readonly high: number;
  readonly grade: Grade;
  readonly passLine: number;
  /** Below 0.4 the band is shown in place of the number. */
  readonly confidence: number;
}

/** C1: half gauge with the bands and their letters, the pass line, the score, and the whisker of what is possible on present evidence. */
export function ScoreGauge({ data, edges, plain = false }: { data: GaugeData; edges: readonly (number | null)[]; plain?: boolean }) {
  const { t } = useWords();
  const { score, low, high, grade, passLine, confidence } = data;
  const bands = bandsOf(edges);
  const points = number(Math.abs(score - passLine), 1);
  const line = t(score >= passLine ? 'assessment.aboveLine' : 'assessment.belowLine', { points });
  const sentence = t('assessment.gaugeSentence', { score: number(score, 1), grade, line, low: number(low, 0), high: number(high, 0) });
  const drawing = (
    <svg className="gauge" viewBox="0 0 320 172" role="img" aria-label={sentence}>
      {bands.length === 0 && <path d={arc(0, 100, 120)} className="gauge-band" />}
      {bands.map((band) => (
        <path key={band.grade} d={arc(band.from + 0.6, band.to - 0.6, 120)} className={`gauge-band ${band.grade === grade ? 'gauge-here' : ''}`} />
      ))}
      {bands.map((band) => {
        const p = at((band.from + band.to) / 2, 143);
        return (
          <text key={band.grade} x={p.x} y={p.y} className="gauge-letter" textAnchor="middle" dominantBaseline="central">
            {band.grade}
          </text>
        );
      })}
      <path d={arc(low, high, 98)} className="gauge-whisker" />
      <Tick score={low} from={93} to={103} className="gauge-whisker" />
      <Tick score={high} from={93} to={103} className="gauge-whisker" />
      <Tick score={passLine} from={104} to={136} className="gauge-pass" />
      <circle cx={at(score, 120).x} cy={at(score, 120).y} r="9" className="gauge-score" />
      <text x={centre.x} y={confidence < 0.4 ? 128 : 124} textAnchor="middle" className={confidence < 0.4 ? 'gauge-number gauge-number-small' : 'gauge-number'}>
        {confidence < 0.4 ? `${number(low)}–${number(high)}` : number(score, 1)}
      </text>
      <text x={centre.x} y={150} textAnchor="middle" className="gauge-under">
        {t('assessment.passLine')} {number(passLine)}
      </text>
    </svg>
  );
  if (plain) return drawing;
  const rows: [string, string][] = [
    [t('assessment.score'), number(score, 1)],
    [t('lists.grade'), grade],
    [t('assessment.passLine'), number(passLine, 0)],
    [t('assessment.range'), `${number(low, 1)} – ${number(high, 1)}`],
    [t('assessment.confidence'), number(confidence, 2)],
  ];
  const table = (
    <table className="table">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="right num">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('assessment.gauge')} sentence={sentence} table={table}>
      {drawing}
    </ChartFrame>
  );
}
