-- MITRE's catalogue of weaknesses is kept like the threat feeds.
alter table shared.threat_feeds drop constraint threat_feeds_kind_check;
alter table shared.threat_feeds add constraint threat_feeds_kind_check check (kind in ('kev', 'epss', 'cwe'));
alter table shared.threat_feed_attempts drop constraint threat_feed_attempts_kind_check;
alter table shared.threat_feed_attempts add constraint threat_feed_attempts_kind_check check (kind in ('kev', 'epss', 'cwe'));
