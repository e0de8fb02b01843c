import type { Seals } from '../interfaces.ts';
import type { Session } from './session.ts';

/** What is known publicly of documents, by their codes. */
export const sealsOf = (session: Session): Seals => ({
  add: (code, facts) =>
    session.as(session.organisation, async (execute) => {
      await execute('insert into shared.report_seals (code, facts, made_at) values ($1, $2, $3) on conflict (code) do nothing', [
        code,
        JSON.stringify(facts),
        session.now,
      ]);
    }),
  find: (code) =>
    session.as(session.organisation, async (execute) => {
      const [row] = await execute<{ facts: unknown }>('select facts from shared.report_seals where code = $1', [code]);
      return row?.facts ?? null;
    }),
});
