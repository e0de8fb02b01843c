-- Whether somebody chose the profile that an assessment is scored under, so that a new assessment of a firm finds the choice that it takes over without reading all of them.
alter table app.assessments add column "profileChosen" text generated always as (case when body -> 'profileChoice' is null then 'no' else 'yes' end) stored;
create index on app.assessments (org_id, "profileChosen", id);
