-- Frozen reports of assessments, the assessors that firms appoint, and the keys that assessors sign with (the private half sealed by the installation's secret).
select shared.make_record_table('assessment_reports', 'assessment');
select shared.make_record_table('appointments', 'assessment', 'assessor');
select shared.make_record_table('signing_keys');

-- What a stranger may know of a document that he holds: by its code, who signed it and the hashes to compare it with. It names its subject masked, belongs to nobody and is
-- only added to.
create table shared.report_seals (
  code text collate "C" primary key,
  facts jsonb not null,
  made_at timestamptz not null
);
grant select, insert on shared.report_seals to app_rw;
