use crate::bed::Bed;
use crate::calendar;

/// The last day and the last month that are made ahead.
const LAST: &str = "select right(max(relname), 8) from pg_class where relname ~ '^job_payloads_[0-9]{8}$'";

async fn drop_last_day(bed: &Bed) -> String {
    let digits: String = bed.sql.query_one(LAST, &[]).await.unwrap().get(0);
    bed.run(&format!("drop table job_payloads_{digits}, job_results_{digits}, job_extractions_{digits}")).await;
    digits
}

#[tokio::test]
async fn making_partitions_waits_for_no_reader_and_no_writer() {
    let bed = Bed::new().await;
    let digits = drop_last_day(&bed).await;
    // Both hold their locks on the parents, partitions and all, until the end.
    let mut other = bed.database.connect().await;
    let using = other.transaction().await.unwrap();
    using.batch_execute("select count(*) from job_payloads; select count(*) from job_results").await.unwrap();
    using.batch_execute("update job_payloads set traceparent = null; delete from job_results").await.unwrap();
    assert_eq!(bed.store.ensure_partitions(7).await.unwrap(), 3);
    assert_eq!(calendar::tables(&bed.sql, &digits).await.len(), 3);
    using.commit().await.unwrap();
    assert_eq!(bed.store.ensure_partitions(7).await.unwrap(), 0);
    bed.assert_sound().await;
}

#[tokio::test]
async fn many_processes_make_each_partition_once() {
    let bed = Bed::new().await;
    let digits = drop_last_day(&bed).await;
    let stores = [bed.database.store_of(1), bed.database.store_of(1), bed.database.store_of(1)];
    let made = futures_util::future::join_all(stores.iter().map(|store| store.ensure_partitions(7))).await;
    let made: usize = made.into_iter().map(Result::unwrap).sum();
    assert_eq!(made, 3);
    assert_eq!(calendar::tables(&bed.sql, &digits).await.len(), 3);
}

#[tokio::test]
async fn a_partition_has_the_shape_of_its_parent() {
    const DIFFERENT: &str = "
        with shape as (
          select c.oid, c.relkind,
            (select array_agg((a.attname, a.atttypid, a.attnotnull, a.attstorage) order by a.attnum)
             from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)::text as columns,
            (select array_agg((k.conname, pg_get_constraintdef(k.oid)) order by k.conname)
             from pg_constraint k where k.conrelid = c.oid and k.contype = 'c')::text as checks,
            (select count(*) from pg_index x where x.indrelid = c.oid) as indexes
          from pg_class c
          where c.relkind in ('r', 'p')
        )
        select count(*) filter (where (parent.columns, parent.checks, parent.indexes)
            is distinct from (child.columns, child.checks, child.indexes)), count(*)
        from pg_inherits i join shape parent on parent.oid = i.inhparent join shape child on child.oid = i.inhrelid
        where parent.relkind = 'p'";
    let bed = Bed::new().await;
    let row = bed.sql.query_one(DIFFERENT, &[]).await.unwrap();
    let (different, all): (i64, i64) = (row.get(0), row.get(1));
    assert!(all > 40, "{all} partitions");
    assert_eq!(different, 0, "of {all} partitions");
}
