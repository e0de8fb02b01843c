import { z } from 'zod';
import { Text, randomAt, type RandomStream } from '../domain/basics/index.ts';
import type { CoverResult, FirmHistory, Observation } from '../domain/evaluation/index.ts';
import { Industry } from '../domain/parties/index.ts';

const Share = z.number().min(0).max(1);
const WithCover = z.strictObject({ without: Share, with: Share });

/** What an invented panel is grown from: how firms are at first, and the effects that cover is given. `content/demo/panel`. */
export const InventedPanel = z.strictObject({
  name: Text,
  source: Text,
  seed: z.int().min(0),
  insured: z.int().min(1).max(500),
  uninsured: z.int().min(0).max(500),
  months: z.int().min(12).max(60),
  industries: z.array(Industry).min(1),
  products: z.array(z.string()).min(1),
  score: z.strictObject({ mean: z.number(), spread: z.number().min(0), drift: z.number(), coverAdds: z.number() }),
  /** The month in which a new version of the scoring rules comes in, and the points that it adds to the same evidence. */
  rules: z.strictObject({ changeMonth: z.int().min(0), adds: z.number() }),
  vulnerabilities: z.strictObject({ newPerMonth: Share, repairedPerMonth: WithCover }),
  controls: z.strictObject({ hadAtStart: z.record(z.string(), Share), adoptedPerMonth: WithCover }),
  claims: z.strictObject({
    perYear: z.number().min(0),
    withSecondFactor: z.number().min(0),
    meanLossMinor: z.int().min(1),
    premiumMinor: z.strictObject({ from: z.int().min(1), to: z.int().min(1) }),
  }),
});
export type InventedPanel = z.infer<typeof InventedPanel>;

const secondFactor = 'mfaCoversRemoteAccess';

/** A panel laid into the calendar: `endMonth` (`YYYY-MM`) is the first month that is not in it. */
interface Laid extends InventedPanel {
  readonly endMonth: string;
}

/**
 * The histories of invented firms over the months before `endMonth`; the same panel and month always give the same ones, and one more firm leaves the others as they
 * were.
 */
export function inventHistories(panel: InventedPanel, endMonth: string): FirmHistory[] {
  return Array.from({ length: panel.insured + panel.uninsured }, (_, index) => inventFirm({ ...panel, endMonth }, index));
}

function inventFirm(panel: Laid, index: number): FirmHistory {
  const draw = randomAt(panel.seed, 'firm', index);
  const insured = index < panel.insured;
  // Cover begins at different times, so that firms not yet covered can be compared with those that are.
  const startMonth = insured ? 4 + Math.floor(draw.nextUniform() * (panel.months - 12)) : null;
  const employees = Math.round(Math.exp(Math.log(6) + draw.nextUniform() * Math.log(60)));
  const observations = growLooks(panel, startMonth, draw);
  return {
    firm: `invented_${String(index + 1).padStart(4, '0')}`,
    industry: panel.industries[Math.floor(draw.nextUniform() * panel.industries.length)]!,
    employees,
    revenueMinor: Math.round(employees * (400_000 + draw.nextUniform() * 900_000)) * 100,
    applied: insured || draw.nextUniform() < 0.6,
    observations,
    covers: startMonth === null ? [] : growCovers(panel, startMonth, observations[startMonth]!, draw),
  };
}

/** The day of the look in a month of the panel, kept clear of the first and of the month's end. */
function dayOf({ endMonth, months }: Laid, month: number, day: number): string {
  const [year, end] = endMonth.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, end - 1 - months + month, day)).toISOString().slice(0, 10);
}

const normal = (draw: RandomStream): number => Math.sqrt(-2 * Math.log(draw.nextUniform())) * Math.cos(2 * Math.PI * draw.nextUniform());

const monthsToFullEffect = 6;

function growLooks(panel: Laid, startMonth: number | null, draw: RandomStream): Observation[] {
  const { score, vulnerabilities, controls } = panel;
  const level = score.mean + score.spread * normal(draw);
  const has = new Map(Object.entries(controls.hadAtStart).map(([control, share]) => [control, draw.nextUniform() < share]));
  let open: string[] = [];
  return Array.from({ length: panel.months }, (_, month): Observation => {
    const covered = startMonth !== null && month > startMonth;
    const side = covered ? 'with' : 'without';
    open = open.filter(() => draw.nextUniform() >= vulnerabilities.repairedPerMonth[side]);
    if (draw.nextUniform() < vulnerabilities.newPerMonth) open.push(`v${month}`);
    for (const [control, there] of has) if (!there && draw.nextUniform() < controls.adoptedPerMonth[side]) has.set(control, true);
    const gained = covered ? score.coverAdds * Math.min(1, (month - startMonth) / monthsToFullEffect) : 0;
    const now = Math.min(98, Math.max(5, level + score.drift * month + gained + 1.5 * normal(draw)));
    const on = dayOf(panel, month, 12 + Math.floor(draw.nextUniform() * 10));
    return {
      on,
      dimensions: {},
      gatePassed: now >= 60 && open.length === 0,
      ...scoredBy(panel.rules, month, Math.round(now * 10) / 10),
      controls: Object.fromEntries([...has].map(([control, there]) => [control, there ? ('yes' as const) : ('no' as const)])),
      scannedOn: on,
      severeOpen: [...open],
    };
  });
}

/** Looks before the change of rules carry the score of their own day and, scored again, that of the new rules. */
function scoredBy({ changeMonth, adds }: InventedPanel['rules'], month: number, score: number): Pick<Observation, 'score' | 'scoring' | 'rescored'> {
  const underNew = { scoring: 'invented-2', score };
  if (month >= changeMonth) return underNew;
  return { score: Math.round(Math.max(0, score - adds) * 10) / 10, scoring: 'invented-1', rescored: { ...underNew, dimensions: {} } };
}

function growCovers(panel: Laid, startMonth: number, baseline: Observation, draw: RandomStream): CoverResult[] {
  const { claims, products, months } = panel;
  const product = products[Math.floor(draw.nextUniform() * products.length)]!;
  const years = Math.max(1, Math.ceil((months - startMonth) / 12));
  const rate =
    claims.perYear * (baseline.controls[secondFactor] === 'yes' ? claims.withSecondFactor : 1) * ((baseline.rescored ?? baseline).score < 55 ? 1.4 : 1);
  return Array.from({ length: years }, (_, year) => {
    const passed = Math.min(1, (months - startMonth - 12 * year) / 12);
    const count = poisson(rate * passed, draw);
    const losses = Array.from({ length: count }, () => -Math.log(draw.nextUniform()) * claims.meanLossMinor);
    return {
      from: dayOf(panel, startMonth + 12 * year, 25),
      to: dayOf(panel, startMonth + 12 * (year + 1), 25),
      score: baseline.score,
      product,
      premiumMinor: Math.round(claims.premiumMinor.from + draw.nextUniform() * (claims.premiumMinor.to - claims.premiumMinor.from)),
      incurredLossMinor: Math.round(losses.reduce((sum, loss) => sum + loss, 0)),
      claims: count,
    };
  });
}

/** By inversion; the means here are far below one. */
function poisson(mean: number, draw: RandomStream): number {
  let [count, term, left] = [0, Math.exp(-mean), draw.nextUniform()];
  while (left > term && count < 50) {
    left -= term;
    count += 1;
    term *= mean / count;
  }
  return count;
}
