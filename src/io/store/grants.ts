import type { Grants } from '../interfaces.ts';
import type { Session } from './session.ts';

/** An organisation needs no grant for what is its own. Giving again changes the times of the grant that is there; a grant ends by giving it again with an `until`. */
export const grantsOf = (session: Session, organisation: string): Grants => ({
  give: (grant) =>
    session.as(organisation, async (execute) => {
      if (grant.to === organisation) return;
      await execute(
        `insert into app.grants (org_id, record, grantee, relation, valid_from, valid_until) values ($1, $2, $3, $4, $5, $6)
         on conflict (org_id, record, grantee, relation) do update set valid_from = excluded.valid_from, valid_until = excluded.valid_until`,
        [organisation, grant.record, grant.to, grant.relation, grant.from, grant.until],
      );
    }),
});
