import { mostPerils } from '../ratebook.ts';
import { factSets, type FactorTables } from './factor-tables.ts';
import { valueAt } from './level-table.ts';

/** What of a firm moves its losses: revenue over reference revenue, personal records and the number of its facts. */
export interface LossLevels {
  readonly relativeRevenue: number;
  readonly records: number;
  readonly facts: number;
}

/** Factors of the firm at hand, one for each table of sizes and of records; room for those of any tariff. */
const bySize = new Float64Array(mostPerils);
const byRecords = new Float64Array(mostPerils + 1);

/** Looks up what the firm's size and records do to its losses: `meanLossOf` holds for this firm until the next is entered. */
export function enterFirm({ sizeSeverity, records: recordTables }: FactorTables, { relativeRevenue, records }: Omit<LossLevels, 'facts'>): void {
  for (let i = 0; i < sizeSeverity.length; i += 1) bySize[i] = valueAt(sizeSeverity[i]!, relativeRevenue);
  for (let i = 0; i < recordTables.length; i += 1) byRecords[i] = valueAt(recordTables[i]!, records < 1 ? 1 : records);
  byRecords[recordTables.length] = 1;
}

/** Mean loss of one event of a peril at the firm entered, major units. */
export const meanLossOf = ({ mean, sizeOf, recordsOf }: FactorTables, p: number): number => mean[p]! * bySize[sizeOf[p]!]! * byRecords[recordsOf[p]!]!;

/** What a claim of the firm costs up to the cap, ground-up, over its perils; major units. */
export function meanLimitedLoss(cap: number, firm: LossLevels, tables: FactorTables): number {
  const { perils, base, exposure, lossShare, shareOf } = tables;
  enterFirm(tables, firm);
  let [claims, losses] = [0, 0];
  for (let p = 0; p < perils.length; p += 1) {
    const rate = base[p]! * exposure[p * factSets + firm.facts]!;
    const mean = meanLossOf(tables, p);
    claims += rate;
    losses += rate * mean * valueAt(lossShare[shareOf[p]!]!, cap / mean);
  }
  return losses / claims;
}
