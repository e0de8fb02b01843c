-- The last thing done about a weakness that bears on its state, so that the cases that wait for a decision are found without reading all of them. Worked out from the
-- events themselves: nothing can say one thing and the column another.
alter table app.finding_cases add column "lastDeed" text generated always as (
  jsonb_path_query_array(body, '$.events[*] ? (@.kind != "assigned" && @.kind != "fix-claimed")') -> -1 ->> 'kind'
) stored;
create index on app.finding_cases (org_id, "lastDeed", id);
