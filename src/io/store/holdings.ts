import { hashText } from '../../domain/basics/index.ts';
import type { Holdings } from '../interfaces.ts';
import type { Session } from './session.ts';

/** The holds of the session's organisation. Table and index hold hashes only, and only this organisation's own can be told from another's. */
export const holdingsOf = (session: Session): Holdings => ({
  hold: (thing, until) =>
    session.as(session.organisation, async (execute) => {
      const rows = await execute(
        `insert into shared.holdings as held (thing, holder, held_until) values ($1, $2, $3)
         on conflict (thing) do update set holder = excluded.holder, held_until = excluded.held_until
         where held.holder = excluded.holder or held.held_until <= $4::timestamptz returning thing`,
        [...hashes(session.organisation, thing), until, session.now],
      );
      return rows.length === 1;
    }),
  release: (thing) =>
    session.as(session.organisation, async (execute) => {
      await execute('delete from shared.holdings where thing = $1 and holder = $2', hashes(session.organisation, thing));
    }),
});

const hashes = (organisation: string, thing: string): [thing: string, holder: string] => [hashText(thing), hashText(`${thing}\n${organisation}`)];
