-- Assets that an organisation says are its own, what it allows to be sent to them, and what was sent.
select shared.make_record_table('assets', 'name');
select shared.make_record_table('scan_authorisations', 'state');
select shared.make_record_table('posture_checks', 'asset', 'state');
select shared.make_record_table('scan_switches');

-- Which organisation holds a thing that only one can hold at a time. Both are hashes: the row tells nobody who has what.
create table shared.holdings (
  thing text collate "C" primary key,
  holder text collate "C" not null,
  held_until timestamptz not null
);
grant select, insert, update, delete on shared.holdings to app_rw;
