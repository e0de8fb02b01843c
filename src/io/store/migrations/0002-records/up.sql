-- Records: one table per kind, and beside it a table with every version that ever was.

-- Every save lands in the history, whoever saved it and however.
create function shared.keep_history() returns trigger language plpgsql as $$
begin
  execute format('insert into app.%I (org_id, id, version, schema_version, body, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7)', tg_table_name || '_history')
    using new.org_id, new.id, new.version, new.schema_version, new.body, new.created_at, new.updated_at;
  return null;
end $$;

-- Copies top-level text fields of the body into columns of the same name, with an index, so that lists can be filtered by them.
create function shared.add_record_columns(name text, variadic columns text[]) returns void language plpgsql as $$
declare col text;
begin
  if cardinality(columns) = 0 then return; end if;
  foreach col in array columns loop
    execute format('alter table app.%I add column %I text generated always as (body ->> %L) stored', name, col, col);
    execute format('create index on app.%I (org_id, %I, id)', name, col);
  end loop;
end $$;

-- Makes the two tables of a record kind. To add a kind: one migration that calls this.
create function shared.make_record_table(name text, variadic columns text[] default '{}') returns void language plpgsql as $$
begin
  execute format('create table app.%I (
    org_id text collate "C" not null, id text collate "C" not null, version integer not null check (version >= 1), schema_version integer not null,
    body jsonb not null, created_at timestamptz not null, updated_at timestamptz not null, primary key (org_id, id))', name);
  execute format('create index on app.%I (id)', name);
  execute format('create table app.%I (
    org_id text collate "C" not null, id text collate "C" not null, version integer not null, schema_version integer not null,
    body jsonb not null, created_at timestamptz not null, updated_at timestamptz not null, primary key (org_id, id, version),
    foreign key (org_id, id) references app.%I (org_id, id))', name || '_history', name);
  execute format('create index on app.%I (id, version)', name || '_history');
  perform shared.lock_down(name, 'app.is_granted(org_id, id)');
  perform shared.lock_down(name || '_history', 'app.is_granted(org_id, id)');
  execute format('grant select, insert, update on app.%I to app_rw', name);
  execute format('grant select, insert on app.%I to app_rw', name || '_history');
  execute format('create trigger keep_history after insert or update on app.%I for each row execute function shared.keep_history()', name);
  execute format('create trigger refuse_change before update or delete on app.%I for each row execute function shared.refuse_change()', name || '_history');
  perform shared.add_record_columns(name, variadic columns);
end $$;

select shared.make_record_table('assessments');
select shared.make_record_table('submissions', 'assessment', 'insurer', 'state');
select shared.make_record_table('quotes', 'submission', 'assessment', 'applicant', 'state', 'policy');
select shared.make_record_table('policies', 'quote', 'submission', 'insured', 'insurer');
