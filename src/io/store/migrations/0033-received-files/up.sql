-- Which organisation handed in which file. Files are kept once for all, by their content; that one is kept says nothing of who may refer to it.
create table app.received_files (
  org_id text collate "C" not null,
  hash text not null,
  at timestamptz not null,
  primary key (org_id, hash)
);
select shared.lock_down('received_files', 'false');
grant select, insert on app.received_files to app_rw;
