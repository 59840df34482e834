-- How far the attempts under way are: shown with their jobs, and gone with the lease. No index has these columns, so that
-- writing them is as cheap as renewing a lease.
alter table running add column progress_stage text;
alter table running add column progress_done integer;
alter table running add column progress_total integer;
