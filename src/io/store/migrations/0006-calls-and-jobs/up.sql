-- Answers given under an Idempotency-Key: the same call again gets the same answer and has no second effect.
create table app.calls (
  org_id text collate "C" not null,
  operation text not null,
  key text collate "C" not null,
  input_hash text not null,
  output jsonb,
  at timestamptz not null,
  primary key (org_id, operation, key)
);
select shared.lock_down('calls');
grant select, insert, update on app.calls to app_rw;

-- Durable work as its owner sees it. The queue's own tables know only the id.
create table app.jobs (
  org_id text collate "C" not null,
  id text collate "C" not null,
  operation text not null,
  about text,
  input jsonb not null,
  actor jsonb not null,
  state text not null check (state in ('queued', 'running', 'retrying', 'done', 'failed')),
  attempts integer not null default 0,
  progress jsonb,
  result jsonb,
  refusal jsonb,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (org_id, id)
);
create index jobs_by_about on app.jobs (org_id, about, id);
create index jobs_open on app.jobs (org_id, state) where state in ('queued', 'running', 'retrying');
select shared.lock_down('jobs');
grant select, insert, update on app.jobs to app_rw;
