-- Double-entry postings. Nothing here is ever changed: a mistake is reversed by another journal.
create table app.journals (
  org_id text collate "C" not null,
  id text collate "C" not null,
  cause text collate "C" not null,
  at timestamptz not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  primary key (org_id, id)
);
create index journals_by_cause on app.journals (org_id, cause);

create table app.postings (
  org_id text collate "C" not null,
  journal text collate "C" not null,
  line integer not null,
  account text not null,
  party text,
  amount_minor bigint not null,
  primary key (org_id, journal, line),
  foreign key (org_id, journal) references app.journals (org_id, id)
);
create index postings_by_account on app.postings (org_id, account);

-- INVARIANT (journal-sums-to-zero). A journal has one currency, and every statement that adds postings adds lines that sum to zero
-- for each journal it touches; with no change and no removal, so does the whole. Looking at the statement's own rows and not at the table
-- keeps row-level security from hiding a row from the check.
create function shared.require_balance() returns trigger language plpgsql as $$
declare wrong record;
begin
  select org_id, journal, sum(amount_minor) as rest into wrong from added group by org_id, journal having sum(amount_minor) <> 0 limit 1;
  if found then
    raise exception 'journal % is out of balance by %', wrong.journal, wrong.rest using errcode = 'check_violation', constraint = 'journal-sums-to-zero';
  end if;
  return null;
end $$;
create trigger require_balance after insert on app.postings referencing new table as added for each statement execute function shared.require_balance();

create trigger refuse_change before update or delete on app.journals for each row execute function shared.refuse_change();
create trigger refuse_change before update or delete on app.postings for each row execute function shared.refuse_change();
create trigger refuse_truncation before truncate on app.journals for each statement execute function shared.refuse_change();
create trigger refuse_truncation before truncate on app.postings for each statement execute function shared.refuse_change();

select shared.lock_down('journals');
select shared.lock_down('postings');
grant select, insert on app.journals, app.postings to app_rw;
