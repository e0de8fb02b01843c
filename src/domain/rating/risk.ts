import { majorUnits, Refusal, type Currency } from '../basics/index.ts';
import type { Catalogue, Coverage, CoverLine, RequestedCover } from '../catalogue/index.ts';
import type { FirmProfile, Industry } from '../parties/index.ts';
import type { ScheduleItem } from './adjustment.ts';
import type { SegmentYears } from './credibility.ts';
import { eventOnGrid, gridStep, lossGrid, type LossGrid } from './annual-loss.ts';
import { frequencyOf, type Frequency } from './frequency.ts';
import { limitedPayout, partMeans, payoutOf, type CoverPart, type Payout } from './payout.ts';
import type { PerilTariff, Ratebook } from './ratebook.ts';
import { eventBound, referenceSeverity, severityOf, waitingFactor, type EventBound, type Severity } from './severity.ts';

/** What a price is made against: the tariff and what is sold. */
export interface Tariff {
  readonly ratebook: Ratebook;
  readonly catalogue: Catalogue;
  /** What the insurer's own book and portfolio have taught; absent: nothing yet, and the priors of the ratebook stand. */
  readonly book?: BookExperience;
}

/** What a book of policies lends to each price; the floors above fill it. */
export interface BookExperience {
  /** Claims that the tariff expected of the book so far: what its credibility rests on. */
  readonly expectedClaims: number;
  /** Actual over expected claims of an industry, by year with the expected claims as weights. */
  readonly segments: readonly ({ readonly industry: Industry } & SegmentYears)[];
  /** Catastrophe load from the simulated portfolio, as a share of expected loss and risk load; null: the prior of the ratebook. */
  readonly catastrophe: { readonly share: number; readonly source: string } | null;
}

/** A coverage's part in a peril's loss and the factors behind its weight = share × waiting × interruption. */
export interface RatedPart extends CoverPart {
  readonly share: number;
  readonly waiting: number;
  readonly waitingHours: number | null;
  readonly interruption: number;
}

/** One peril as it meets one cover; amounts in major units. Nothing here depends on the firm's security. */
export interface RatedPeril {
  readonly tariff: PerilTariff;
  readonly frequency: Frequency;
  readonly severity: Severity;
  /** Part of each chosen coverage in the peril's loss, the waiting period and the industry's interruption factor included. */
  readonly parts: readonly RatedPart[];
  readonly payout: Payout;
  readonly bound: EventBound;
  /** Mean paid of one event, limit included. */
  readonly meanPaid: number;
  /** The same by part; the event limit is borne pro rata. */
  readonly partMeans: readonly number[];
  /** Mean covered loss of one event without retention, limits and waiting period: at the reference firm, at this firm, and with its industry's interruption factor. */
  readonly groundUp: { readonly reference: number; readonly own: number; readonly industry: number };
  /** Probabilities of what one event pays, on the grid. */
  readonly onGrid: Float64Array;
}

/** A firm and a cover made ready: any number of security states can be priced against it. */
export interface RatedRisk {
  readonly firm: FirmProfile;
  readonly cover: RequestedCover;
  readonly tariff: Tariff;
  readonly perils: readonly RatedPeril[];
  readonly grid: LossGrid;
  /** Limit of each event and of the year, major units. */
  readonly limit: number;
}

/** What of a peril a worksheet shows, whichever way it was priced. */
export type ShownPeril = Pick<RatedPeril, 'tariff' | 'frequency' | 'severity' | 'parts' | 'meanPaid' | 'partMeans' | 'groundUp'>;

/** What of a risk a worksheet shows. */
export interface ShownRisk extends Pick<RatedRisk, 'firm' | 'cover' | 'tariff'> {
  /** The underwriter's items; absent in a tariff without that step. */
  readonly schedule?: readonly ScheduleItem[];
  readonly perils: readonly ShownPeril[];
}

/** Everything of a price that security does not change. Throws a Refusal when the cover or the firm cannot be rated at all. */
export function rateRisk(firm: FirmProfile, cover: RequestedCover, tariff: Tariff): RatedRisk {
  checkCover(firm, cover, tariff);
  const perils = tariff.ratebook.file.perils.flatMap((peril) => meetPeril(peril, firm, cover, tariff));
  const limit = inMajor(cover, cover.limitMinor);
  const grid = lossGrid(gridStep(firm, tariff.ratebook), Math.min(limit, Math.max(0, ...perils.map(({ payout }) => payout.mostPaid))));
  return {
    firm,
    cover,
    tariff,
    grid,
    limit,
    perils: perils.map((peril) => completed(peril, { grid, limit, retention: inMajor(cover, cover.retentionMinor), ratebook: tariff.ratebook })),
  };
}

/** An amount of the cover in major units. */
export const inMajor = ({ currency }: RequestedCover, minor: number): number => majorUnits({ currency, minor });

type MetPeril = Omit<RatedPeril, 'meanPaid' | 'partMeans' | 'groundUp' | 'onGrid'>;
type GroundUp = Pick<MetPeril, 'tariff' | 'parts' | 'bound' | 'severity'>;

function meetPeril(tariff: PerilTariff, firm: FirmProfile, cover: RequestedCover, { ratebook, catalogue }: Tariff): MetPeril[] {
  if (tariff.onlyWhen !== null && !firm[tariff.onlyWhen]) return [];
  const parts = cover.lines.flatMap((line) =>
    coverParts(tariff, { line, subLimit: inMajor(cover, line.subLimitMinor) }, catalogue.coverages.get(line.coverage)!, firm, ratebook),
  );
  if (parts.length === 0) return [];
  const bound = eventBound(firm, ratebook);
  return [
    {
      tariff,
      parts,
      bound,
      frequency: frequencyOf(tariff, firm, ratebook),
      severity: severityOf(tariff, firm, ratebook),
      payout: payoutOf(parts, inMajor(cover, cover.retentionMinor), bound),
    },
  ];
}

function completed(
  peril: MetPeril,
  { grid, limit, retention, ratebook }: { grid: LossGrid; limit: number; retention: number; ratebook: Ratebook },
): RatedPeril {
  const { payout, severity } = peril;
  const meanPaid = limitedPayout(payout, severity.loss)(limit);
  const groundUp = groundUpOf(peril, ratebook);
  return { ...peril, meanPaid, groundUp, partMeans: limitedPartMeans(peril, retention, meanPaid), onGrid: eventOnGrid(payout, severity.loss, grid) };
}

/** Mean covered loss of one event without retention, limits and waiting period. */
export const groundUpOf = (peril: GroundUp, ratebook: Ratebook): RatedPeril['groundUp'] => ({
  reference: groundUpMean({ ...peril, ...referenceSeverity(peril.tariff, ratebook) }, ({ share }) => share),
  own: groundUpMean(peril, ({ share }) => share),
  industry: groundUpMean(peril, ({ share, interruption }) => share * interruption),
});

function limitedPartMeans({ parts, bound, severity }: MetPeril, retention: number, meanPaid: number): number[] {
  const alone = partMeans(parts, retention, bound, severity.loss);
  const sum = alone.reduce((total, mean) => total + mean, 0);
  return alone.map((mean) => (sum === 0 ? 0 : (mean * meanPaid) / sum));
}

/** The parts of a coverage line in a peril's event: none where the coverage has no share of the peril. */
export function coverParts(
  peril: PerilTariff,
  { line, subLimit }: { line: CoverLine; subLimit: number },
  coverage: Coverage,
  firm: Pick<FirmProfile, 'industry'>,
  ratebook: Ratebook,
): RatedPart[] {
  const share = coverage.shares.find((entry) => entry.peril === peril.peril)?.share ?? 0;
  if (share === 0) return [];
  const hours = coverage.timeBased ? waitingHours(line, coverage) : null;
  const waiting = hours === null ? 1 : waitingFactor(peril, hours, ratebook);
  const interruption = coverage.timeBased ? interruptionFactor(firm, ratebook) : 1;
  const weight = share * waiting * interruption;
  return weight === 0 ? [] : [{ coverage: coverage.id, weight, subLimit, share, waiting, waitingHours: hours, interruption }];
}

/** The waiting period asked for, or the coverage's own. */
export const waitingHours = (line: CoverLine, coverage: Coverage): number => line.waitingHours ?? coverage.defaultTerms.waitingHours ?? 0;

/** How much longer or costlier an interruption is in the firm's industry. */
export function interruptionFactor(firm: Pick<FirmProfile, 'industry'>, { file, number }: Ratebook): number {
  const key = file.industryInterruption[firm.industry];
  return key === undefined ? 1 : number(key);
}

function groundUpMean({ parts, bound, severity }: GroundUp, weightOf: (part: RatedPart) => number): number {
  const unlimited = parts.map((part) => ({ coverage: part.coverage, weight: weightOf(part), subLimit: Number.POSITIVE_INFINITY }));
  return limitedPayout(payoutOf(unlimited, 0, bound), severity.loss)(Number.POSITIVE_INFINITY);
}

/** Refuses an amount in another currency than the tariff's. */
export function checkCurrency(field: string, currency: Currency, { ratebook }: Tariff): void {
  const expected = ratebook.file.currency;
  if (currency === expected) return;
  throw new Refusal('rule', 'ratebook-currency-differs', `the ratebook rates in ${expected}, but \`${field}\` is in ${currency}`, {
    field,
    currency,
    expected,
  });
}

/** Refuses a cover that the tariff cannot rate. */
export function checkCover(firm: FirmProfile, cover: RequestedCover, tariff: Tariff): void {
  checkCurrency('firm.annualRevenue', firm.annualRevenue.currency, tariff);
  checkCurrency('cover', cover.currency, tariff);
  cover.lines.forEach((line, i) => checkLine(line, `cover.lines.${i}`, cover, tariff.catalogue));
}

function checkLine(line: CoverLine, field: string, cover: RequestedCover, catalogue: Catalogue): void {
  const coverage = catalogue.coverages.get(line.coverage);
  if (coverage === undefined)
    throw new Refusal('bad-input', 'coverage-unknown', `there is no coverage \`${line.coverage}\``, { field, coverage: line.coverage });
  if (coverage.offered === false)
    throw new Refusal('rule', 'coverage-not-offered', `coverage \`${line.coverage}\` is recorded as an exposure only and cannot be bought`, {
      field,
      coverage: line.coverage,
    });
  if (cover.lines.filter((other) => other.coverage === line.coverage).length > 1) {
    throw new Refusal('bad-input', 'coverage-twice', `coverage \`${line.coverage}\` is asked for twice`, { field, coverage: line.coverage });
  }
  if (!coverage.timeBased && line.waitingHours !== null) {
    throw new Refusal('bad-input', 'waiting-period-not-time-based', `coverage \`${line.coverage}\` is not time-based and has no waiting period`, {
      field,
      coverage: line.coverage,
    });
  }
}
