-- Studies of effect: the frozen query, each run with the data it rests on, imported panels of firms, and summaries released to an authority.
select shared.make_record_table('studies', 'fingerprint', 'refresh');
select shared.make_record_table('study_runs', 'study', 'fingerprint');
select shared.make_record_table('panels');
select shared.make_record_table('study_releases', 'study', 'authority', 'state');
