import type { FirmProfile } from '../../parties/index.ts';
import type { SecurityModifiers } from '../model.ts';
import type { Ratebook } from '../ratebook.ts';
import { ownPerils, ownRates } from './own-perils.ts';

/** Whether a firm spends too little or too much on security, with the numbers behind it; major units a year. */
export interface Defence {
  readonly verdict: 'under' | 'balanced' | 'over' | 'unknown';
  readonly spend: number | null;
  readonly expectedLoss: number;
  /** With security at the tariff's worst and best bound. */
  readonly undefendedLoss: number;
  readonly bestLoss: number;
  /** What better security can still save, risk charge included. */
  readonly stillToSave: number;
  /** Spending beyond this is not worth it whatever the measures: 1/e of the undefended loss, risk charge included. */
  readonly mostWorthSpending: number;
}

/**
 * Under-defended: better security would still save more than the firm spends. Over-defended: it spends more than 1/e of what it would lose undefended, the ceiling of Gordon
 * and Loeb (2002). A unit of expected loss counts `riskCharge` times. Where the firm does not say what it spends, there is no verdict.
 */
export function judgeDefence(firm: FirmProfile, security: SecurityModifiers, ratebook: Ratebook, riskCharge: number): Defence {
  const perils = ownPerils(firm, ratebook);
  const lossAt = (rates: readonly number[]): number => perils.reduce((sum, { meanLoss }, i) => sum + rates[i]! * meanLoss, 0);
  const at = (factor: string): number => lossAt(perils.map(({ rate }) => rate * ratebook.number(factor)));
  const expectedLoss = lossAt(ownRates(perils, security, ratebook));
  const undefendedLoss = at(ratebook.file.security.most);
  const bestLoss = at(ratebook.file.security.least);
  const numbers = {
    expectedLoss,
    undefendedLoss,
    bestLoss,
    stillToSave: riskCharge * (expectedLoss - bestLoss),
    mostWorthSpending: (riskCharge * undefendedLoss) / Math.E,
  };
  const spend = firm.securitySpend === null ? null : firm.securitySpend.minor / 100;
  return { verdict: verdictOf(spend, numbers), spend, ...numbers };
}

function verdictOf(spend: number | null, { stillToSave, mostWorthSpending }: Pick<Defence, 'stillToSave' | 'mostWorthSpending'>): Defence['verdict'] {
  if (spend === null) return 'unknown';
  if (spend > mostWorthSpending) return 'over';
  return spend < stillToSave ? 'under' : 'balanced';
}
