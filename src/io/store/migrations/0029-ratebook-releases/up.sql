-- A released ratebook takes effect on a day of its own: the database refuses a second release of an insurer for the same day.
select shared.add_record_columns('ratebook_proposals', 'effectiveFrom');
create unique index ratebook_release_has_its_day on app.ratebook_proposals (org_id, "effectiveFrom") where state = 'released';
