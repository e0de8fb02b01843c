import type { Execute, Ledger } from '../interfaces.ts';
import { toInstant } from './instants.ts';
import type { Session } from './session.ts';
import { ownOnly } from './visible.ts';

interface PostingRow {
  journal: string;
  account: string;
  party: string | null;
  amount_minor: string;
  currency: string;
  at: Date;
}

/** The ledger of one organisation, on its session. */
export const ledgerOf = (session: Session, organisation: string): Ledger => ({
  post: (journal) => session.as(organisation, (execute) => post(execute, organisation, journal)),
  of: (cause) =>
    session.as(organisation, async (execute) => {
      const text = `select p.journal, p.account, p.party, p.amount_minor, j.currency, j.at from app.postings p join app.journals j on j.org_id = p.org_id and j.id = p.journal
        where p.${ownOnly} and j.${ownOnly} and j.cause = $2 order by j.at, j.id, p.line`;
      const rows = await execute<PostingRow>(text, [organisation, cause]);
      return rows.map((row) => ({
        journal: row.journal,
        account: row.account,
        party: row.party,
        amountMinor: exact(row.amount_minor),
        currency: row.currency,
        at: toInstant(row.at),
      }));
    }),
});

async function post(execute: Execute, organisation: string, journal: Parameters<Ledger['post']>[0]): Promise<void> {
  await execute('insert into app.journals (org_id, id, cause, at, currency) values ($1, $2, $3, $4, $5)', [
    organisation,
    journal.id,
    journal.cause,
    journal.at,
    journal.currency,
  ]);
  await execute(
    `insert into app.postings (org_id, journal, line, account, party, amount_minor)
     select $1, $2, line, p ->> 'account', p ->> 'party', (p ->> 'amountMinor')::bigint from jsonb_array_elements($3::jsonb) with ordinality as postings (p, line)`,
    [organisation, journal.id, JSON.stringify(journal.postings)],
  );
}

/** The driver gives 64-bit integers as text; an amount that no longer fits exactly must not be rounded silently. */
function exact(text: string): number {
  const amount = Number(text);
  if (!Number.isSafeInteger(amount)) throw new Error('an amount in the ledger is beyond exact integers');
  return amount;
}
