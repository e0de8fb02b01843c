-- Subsidy schemes that an authority has opened, and the applications for their money.
select shared.make_record_table('subsidy_schemes', 'state');
select shared.make_record_table('subsidy_applications', 'scheme', 'quote', 'creditCode', 'state');
