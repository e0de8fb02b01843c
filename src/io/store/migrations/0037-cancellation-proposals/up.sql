-- Whether a cancellation of the policy waits for a second person, so that those few are found without reading every policy. Worked out from the proposal itself.
alter table app.policies add column "awaits" text generated always as (
  case when jsonb_typeof(body -> 'proposedCancellation') = 'object' then 'signature' end
) stored;
create index on app.policies (org_id, "awaits", id) where "awaits" is not null;
