-- A scheme is open once at its authority: the database refuses the second of two that are opened at the same moment.
create unique index subsidy_scheme_open_once on app.subsidy_schemes (org_id, (body -> 'scheme' ->> 'id')) where state = 'open';
