-- Findings are searched and counted in bulk, so each is a row with columns of its own; `body` is the finding whole.
create table app.findings (
  org_id text collate "C" not null,
  assessment text collate "C" not null,
  report text collate "C" not null,
  id text collate "C" not null,
  format text not null,
  check_id text not null,
  severity text not null,
  asset_kind text not null,
  asset_name text not null,
  host text,
  port integer,
  cves text[] not null,
  suppressed boolean not null,
  body jsonb not null,
  primary key (org_id, assessment, report, id),
  foreign key (org_id, assessment) references app.assessments (org_id, id)
);
create index findings_by_assessment on app.findings (assessment, id);
create index findings_by_cve on app.findings using gin (cves);
select shared.lock_down('findings', 'app.is_granted(org_id, assessment)');
grant select, insert, delete on app.findings to app_rw;
