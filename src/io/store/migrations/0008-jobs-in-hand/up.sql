-- Which process has which delivery of the queue in hand. A process that lives holds the advisory lock of its number; one whose lock is free is gone.
create table shared.jobs_in_hand (
  delivery uuid primary key,
  worker integer not null
);
grant select, insert, update, delete on shared.jobs_in_hand to app_rw;
