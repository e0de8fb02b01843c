-- Policies of one holder for many members, and the certificates of these.
select shared.make_record_table('master_policies', 'policy', 'holder');
create unique index on app.master_policies (org_id, policy);
select shared.make_record_table('member_certificates', 'master', 'creditCode', 'state');
create unique index on app.member_certificates (org_id, master, "creditCode") where state = 'issued';
