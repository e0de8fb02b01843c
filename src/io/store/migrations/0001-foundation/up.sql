-- What every later migration builds on: who "we" are, what time it is, what may be seen, and how a tenant table is locked down.

create schema app;
create schema auth;
grant usage on schema app, shared, auth to app_rw;

-- Identity tables lie outside row-level security; the application reaches them through its own views of membership.
alter default privileges in schema auth grant select, insert, update, delete on tables to app_rw;
alter default privileges in schema auth grant usage, select on sequences to app_rw;

-- The organisation this transaction acts for. A setting that was reset is '' and not null, hence nullif: no organisation sees nothing.
create function app.organisation() returns text language sql stable parallel safe
  return nullif(current_setting('app.org_id', true), '');

-- The application's clock for this transaction, so that a grant ends when the application says that it ends.
create function app.clock() returns timestamptz language sql stable parallel safe
  return coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());

create function shared.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Rows of the table belong to `org_id`: only that organisation reads and writes them. `seen` widens reading.
-- The condition is written out once per command, because a table without a policy for a command is a table somebody forgot.
create function shared.lock_down(name text, seen text default 'false') returns void language plpgsql as $$
begin
  execute format('alter table app.%I enable row level security, force row level security', name);
  execute format('create policy read on app.%I for select using (org_id = (select app.organisation()) or %s)', name, seen);
  execute format('create policy add on app.%I for insert with check (org_id = (select app.organisation()))', name);
  execute format('create policy change on app.%I for update using (org_id = (select app.organisation())) with check (org_id = (select app.organisation()))', name);
  execute format('create policy remove on app.%I for delete using (org_id = (select app.organisation()))', name);
end $$;

-- One record of one organisation that another organisation may read, from and until a time.
create table app.grants (
  org_id text collate "C" not null,
  record text collate "C" not null,
  grantee text collate "C" not null,
  relation text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  primary key (org_id, record, grantee, relation),
  check (grantee <> org_id),
  check (valid_until is null or valid_until >= valid_from)
);
create index grants_by_grantee on app.grants (grantee, org_id, record);
select shared.lock_down('grants', 'grantee = (select app.organisation())');
grant select, insert, update on app.grants to app_rw;

-- Whether this transaction's organisation holds a grant in force on the record. Runs under the caller's own row-level security.
create function app.is_granted(owner text, about text) returns boolean language sql stable parallel safe
  return exists (
    select from app.grants g
    where g.grantee = app.organisation() and g.org_id = owner and g.record = about
      and g.valid_from <= app.clock() and (g.valid_until is null or g.valid_until > app.clock())
  );
