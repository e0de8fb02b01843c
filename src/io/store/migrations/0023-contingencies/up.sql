-- Conditions before and after binding, and the conditional cover that rests on the latter.
select shared.make_record_table('contingencies', 'submission', 'quote', 'policy', 'state');
select shared.make_record_table('binders', 'policy', 'quote', 'state');
create unique index on app.binders (org_id, policy);
