-- What people did about a weakness, and what the system told its owner.
select shared.make_record_table('finding_cases', 'assessment', 'weakness');
select shared.make_record_table('notices', 'assessment', 'subject', 'kind');

-- Threat feeds as they came in, with what became of each. They are public and belong to no organisation; every version that was ever in force stays, so that a figure of
-- the past can be made again.
create table shared.threat_feeds (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('kev', 'epss')),
  state text not null check (state in ('in-force', 'held', 'superseded')),
  hash text not null,
  model text,
  date date,
  entries integer not null,
  origin text not null,
  received_at timestamptz not null,
  released_by text,
  body bytea not null
);
create unique index one_in_force on shared.threat_feeds (kind) where state = 'in-force';
create unique index one_held on shared.threat_feeds (kind) where state = 'held';
grant select, insert, update on shared.threat_feeds to app_rw;

-- How the last attempt to bring each feed up to date went.
create table shared.threat_feed_attempts (
  kind text primary key check (kind in ('kev', 'epss')),
  at timestamptz not null,
  origin text not null,
  outcome text not null,
  code text,
  detail text
);
grant select, insert, update on shared.threat_feed_attempts to app_rw;
