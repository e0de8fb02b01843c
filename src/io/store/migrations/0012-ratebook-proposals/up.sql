-- Proposed ratebooks with what they would do and who decided.
select shared.make_record_table('ratebook_proposals', 'state');
