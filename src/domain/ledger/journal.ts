import { Refusal } from '../basics/index.ts';
import type { Journal, Posting } from './model.ts';

/**
 * Makes a journal of postings that sum to zero; postings of nothing are left out. Throws a Refusal `journal-unbalanced` that says by how much
 * it is out, or `amount-out-of-range` for a posting that is not a whole number of minor units.
 */
export function openJournal(journal: Journal): Journal {
  for (const { account, amountMinor } of journal.postings) requireExact(account, amountMinor);
  const sum = journal.postings.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
  if (sum !== 0n)
    throw new Refusal('rule', 'journal-unbalanced', `the journal \`${journal.id}\` is out by ${sum} minor units`, {
      journal: journal.id,
      difference: String(sum),
    });
  return { ...journal, postings: journal.postings.filter(({ amountMinor }) => amountMinor !== 0) };
}

function requireExact(account: string, amountMinor: number): void {
  if (!Number.isSafeInteger(amountMinor))
    throw new Refusal('bad-input', 'amount-out-of-range', `the posting on \`${account}\` is no exact amount`, { account });
}

/** What the accounts stand at after some journals, by account; accounts at zero are left out. */
export function balances(journals: readonly Journal[]): ReadonlyMap<Posting['account'], number> {
  const standing = new Map<Posting['account'], number>();
  for (const { account, amountMinor } of journals.flatMap(({ postings }) => postings)) standing.set(account, (standing.get(account) ?? 0) + amountMinor);
  return new Map([...standing].filter(([, amountMinor]) => amountMinor !== 0));
}
