-- One line of the journal in one call, because everybody else of the organisation waits from here until the commit.
-- `entry` is the canonical JSON without its sequence; `sequence` sorts after every other key, so appending it keeps the JSON canonical.
-- `salt` and `input` are null in the journal of a counterpart.
create function app.add_audit_line(organisation text, entry text, salt text, input jsonb) returns void language plpgsql as $$
declare
  last_sequence bigint;
  last_hash text;
  whole text;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit ' || organisation, 0));
  select a.sequence, a.hash into last_sequence, last_hash from app.audit a where a.org_id = organisation order by a.sequence desc limit 1;
  last_sequence := coalesce(last_sequence, 0) + 1;
  whole := left(entry, -1) || ',"sequence":' || last_sequence || '}';
  insert into app.audit (org_id, sequence, entry, hash)
    values (organisation, last_sequence, whole, encode(sha256(decode(coalesce(last_hash, repeat('0', 64)), 'hex') || convert_to(whole, 'UTF8')), 'hex'));
  if salt is not null then
    insert into app.audit_inputs (org_id, sequence, salt, input) values (organisation, last_sequence, salt, input);
  end if;
end $$;
drop function app.await_audit_turn(text);
