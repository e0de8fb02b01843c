import type pg from 'pg';

/** What must hold of every table of tenants, asked of Postgres's own catalogue. Each query names what breaks the rule. */
export const tenancyRules: Readonly<Record<string, string>> = {
  'every table belongs to organisations by a column org_id': `
    select c.relname as offender from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)`,
  'row-level security is on, and on for the owner too': `
    select c.relname as offender from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
  'every command has a policy': `
    select c.relname || ' ' || cmd as offender from pg_class c cross join unnest(array['r', 'a', 'w', 'd']) cmd where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd::text in (cmd, '*'))`,
  'every policy for writing checks what is written': `
    select p.polrelid::regclass || ' ' || p.polname as offender from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'app'::regnamespace and p.polcmd::text in ('a', 'w', '*') and p.polwithcheck is null`,
  'every unique key includes org_id, or it tells that a foreign row exists': `
    select i.indexrelid::regclass::text as offender from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
    where c.relnamespace = 'app'::regnamespace and i.indisunique and not a.attnum = any (i.indkey::int2[])`,
  'every foreign key includes org_id on both sides, because it bypasses row-level security': `
    select k.conrelid::regclass || ' ' || k.conname as offender from pg_constraint k join pg_class c on c.oid = k.conrelid
    join pg_attribute near on near.attrelid = k.conrelid and near.attname = 'org_id' join pg_attribute far on far.attrelid = k.confrelid and far.attname = 'org_id'
    where k.contype = 'f' and c.relnamespace = 'app'::regnamespace and array_position(k.conkey, near.attnum) is distinct from array_position(k.confkey, far.attnum)
    union all
    select k.conrelid::regclass || ' ' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_attribute near on near.attrelid = k.conrelid and near.attname = 'org_id'
    where k.contype = 'f' and c.relnamespace = 'app'::regnamespace and not near.attnum = any (k.conkey)`,
  'no view, function or copy sees more than its caller': `
    select c.relname as offender from pg_class c where c.relnamespace = 'app'::regnamespace and (c.relkind in ('m', 'f') or (c.relkind = 'v' and coalesce(c.reloptions::text, '') not like '%security_invoker=true%'))
    union all select p.proname from pg_proc p where p.pronamespace in ('app'::regnamespace, 'shared'::regnamespace) and p.prosecdef`,
  'the serving roles own nothing and cannot get around row-level security': `
    select rolname as offender from pg_roles where rolname in ('app_rw', 'app_worker') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
    union all select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('app_rw', 'app_worker')`,
  'what is only added to is neither changed nor removed by the serving roles': `
    select c.relname || ' ' || verb as offender from pg_class c cross join unnest(array['update', 'delete', 'truncate']) verb
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and (c.relname like '%\\_history' or c.relname in ('audit', 'audit_inputs', 'journals', 'postings'))
      and (has_table_privilege('app_rw', c.oid, verb) or has_table_privilege('app_worker', c.oid, verb))`,
};

/** Everything that breaks a rule, as `rule: offender`. */
export async function tenancyViolations(owner: pg.Client): Promise<string[]> {
  const found: string[] = [];
  for (const [rule, query] of Object.entries(tenancyRules)) {
    const { rows } = await owner.query<{ offender: string }>(query);
    found.push(...rows.map(({ offender }) => `${rule}: ${offender}`));
  }
  return found;
}
