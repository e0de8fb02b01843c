-- The insurer's own file on each submission, and who has one open.
select shared.make_record_table('underwriting_cases', 'submission', 'queue', 'codeKey', 'nameKey');
create unique index on app.underwriting_cases (org_id, submission);
select shared.make_record_table('case_locks', 'case');
create unique index on app.case_locks (org_id, "case");
