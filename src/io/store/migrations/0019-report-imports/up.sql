-- Files that were handed in to be looked at before they count.
select shared.make_record_table('imports', 'assessment', 'state');

-- What was read from them. It stands apart from `findings`, so that nothing that reads those can count it by mistake.
create table app.import_findings (
  org_id text collate "C" not null,
  import text collate "C" not null,
  item text collate "C" not null,
  position integer not null,
  body jsonb not null,
  primary key (org_id, import, item, position),
  foreign key (org_id, import) references app.imports (org_id, id)
);
select shared.lock_down('import_findings', 'app.is_granted(org_id, import)');
grant select, insert, delete on app.import_findings to app_rw;
