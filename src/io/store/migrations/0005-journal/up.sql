-- The audit journal: one hash chain per organisation. `entry` is canonical JSON kept as text, so that the very bytes that were hashed are kept.
create table app.audit (
  org_id text collate "C" not null,
  sequence bigint not null check (sequence >= 1),
  entry text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (org_id, sequence)
);

-- What was asked, apart from the chain: the entry holds a salted hash of it. Removing a person's data removes the row here and leaves the chain whole.
create table app.audit_inputs (
  org_id text collate "C" not null,
  sequence bigint not null,
  salt text not null,
  input jsonb not null,
  primary key (org_id, sequence),
  foreign key (org_id, sequence) references app.audit (org_id, sequence)
);

create trigger refuse_change before update or delete on app.audit for each row execute function shared.refuse_change();
create trigger refuse_truncation before truncate on app.audit for each statement execute function shared.refuse_change();

select shared.lock_down('audit');
select shared.lock_down('audit_inputs');
grant select, insert on app.audit, app.audit_inputs to app_rw;

-- Waits for the organisation's turn to write and answers with the end of its chain. A volatile function's second statement sees what was
-- committed while the first one waited.
create function app.await_audit_turn(organisation text, out last_sequence bigint, out last_hash text) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('audit ' || organisation, 0));
  select a.sequence, a.hash into last_sequence, last_hash from app.audit a where a.org_id = organisation order by a.sequence desc limit 1;
end $$;
