import type { LapseCause } from '../domain/subsidy/index.ts';
import type { IssuedQuote } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import type { Context } from './operation.ts';
import { quotes } from './submission-records.ts';
import { endApplications } from './subsidy-records.ts';
import { voidContingencies } from './underwriting-cases.ts';

/**
 * Ends offers without a policy, by whatever way: `become` says what each turns into, its conditions are void, and what was applied for on it lapses with the cause.
 * All are locked before any scheme, as when a subsidy is applied for, so that the two never wait for each other.
 */
export async function endOffers(
  context: Context,
  { insurer, offers, cause }: { readonly insurer: string; readonly offers: readonly string[]; readonly cause: LapseCause },
  become: (issued: IssuedQuote) => IssuedQuote,
): Promise<Stored<IssuedQuote>[]> {
  const { records } = context.deskOf(insurer);
  const ended: Stored<IssuedQuote>[] = [];
  for (const quote of offers) {
    const issued: Stored<IssuedQuote> = await records.lock(quotes, quote);
    ended.push(await records.save(quotes, quote, issued.version, become(issued.body)));
    await voidContingencies(context, insurer, quote);
  }
  await endApplications(context, offers, cause);
  return ended;
}
