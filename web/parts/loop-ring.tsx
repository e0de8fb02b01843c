import { useWords } from '../words.ts';

const steps = ['assess', 'treat', 'insure', 'watch', 'settle', 'prove'] as const;
export type LoopStep = (typeof steps)[number];

/** Half the space between two steps, in radians; the first begins where the ring of the mark is open. */
const gap = 0.045;

const point = (angle: number, radius: number) => ({ x: 120 + radius * Math.sin(angle), y: 120 - radius * Math.cos(angle) });

function arc(from: number, to: number, radius: number): string {
  const a = point(from, radius);
  const b = point(to, radius);
  return `M${a.x} ${a.y}A${radius} ${radius} 0 ${to - from > Math.PI ? 1 : 0} 1 ${b.x} ${b.y}`;
}

/** The loop with the firm's place in it: steps behind in pine, the one at hand in sand, those to come in grey. */
export function LoopRing({ at, size = 240 }: { at: LoopStep; size?: number }) {
  const { t } = useWords();
  const here = steps.indexOf(at);
  const slice = (2 * Math.PI) / steps.length;
  return (
    <svg className="loop-ring" width={size} height={size} viewBox="0 0 240 240" role="img" aria-label={t('loop.now', { step: t(`loop.${at}`) })}>
      {steps.map((step, i) => {
        const label = point(i * slice + slice / 2, 76);
        return (
          <g key={step}>
            <path
              d={arc(i * slice + gap, (i + 1) * slice - gap, 104)}
              fill="none"
              strokeWidth="14"
              stroke={i < here ? 'var(--pine)' : i === here ? 'var(--sand)' : 'var(--line)'}
            />
            <text x={label.x} y={label.y} textAnchor="middle" dominantBaseline="central" className={i === here ? 'here' : ''}>
              {t(`loop.${step}`)}
            </text>
          </g>
        );
      })}
      <text x="120" y="120" textAnchor="middle" dominantBaseline="central" className="loop-now">
        {t(`loop.${at}`)}
      </text>
    </svg>
  );
}
