//! Migrations: embedded, forward only, each applied once under a lock, checked by its checksum ever after.

use sha2::{Digest as _, Sha256};

use super::{Store, StoreError};

struct Migration {
    version: i32,
    name: &'static str,
    sql: &'static str,
}

macro_rules! migration {
    ($version:literal, $name:literal) => {
        Migration { version: $version, name: $name, sql: include_str!(concat!("../../migrations/", $name, ".sql")) }
    };
}

const MIGRATIONS: &[Migration] = &[
    migration!(1, "0001_organizations"),
    migration!(2, "0002_jobs"),
    migration!(3, "0003_dispatch"),
    migration!(4, "0004_jobs_api"),
    migration!(5, "0005_lists"),
    migration!(6, "0006_flow"),
    migration!(7, "0007_progress"),
    migration!(8, "0008_extractions"),
];

/// The advisory lock that lets one process migrate at a time: "quire" in ASCII.
const LOCK: i64 = 0x71_75_69_72_65;

const BOOK: &str = "create table if not exists schema_migrations (
  version integer primary key,
  name text not null,
  checksum bytea not null,
  applied_at timestamptz not null default now()
)";

/// What migrating did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    /// Migrations applied now.
    pub applied: usize,
    /// The schema's version now.
    pub version: i32,
}

/// Why the schema could not be brought to this program's version.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
    /// A migration failed and was rolled back.
    #[error("migration {name} failed and was rolled back")]
    Failed {
        /// The migration's file.
        name: &'static str,
        /// The database's own words.
        #[source]
        source: tokio_postgres::Error,
    },
    /// An applied migration is not the one in this program.
    #[error("migration {name} was applied with another text than this program's")]
    Changed {
        /// The migration's file.
        name: &'static str,
    },
    /// The schema is older than this program's.
    #[error("the schema is at version {found}, this program needs {needed}: run `quire-api migrate`")]
    Behind {
        /// The schema's version.
        found: i32,
        /// This program's version.
        needed: i32,
    },
}

impl Store {
    /// The schema's version that this program was built for.
    #[must_use]
    pub fn schema_version() -> i32 {
        MIGRATIONS.last().map_or(0, |last| last.version)
    }

    /// Brings the schema to this program's version. Safe to call from many processes at once.
    ///
    /// # Errors
    /// [`MigrateError`]; what was applied before the failing migration stays applied.
    pub async fn migrate(&self) -> Result<Migrated, MigrateError> {
        let mut connection = self.connection().await?;
        let failed = |source| StoreError::from_postgres("schema.migrate", source);
        // A migration may take longer than any statement of the service may.
        connection.batch_execute("set statement_timeout = 0; set lock_timeout = 0").await.map_err(failed)?;
        connection.execute("select pg_advisory_lock($1)", &[&LOCK]).await.map_err(failed)?;
        let done = apply_all(&mut connection).await;
        // The session ends with the connection, and the lock with the session; the settings must not go back either.
        drop(deadpool_postgres::Object::take(connection));
        done
    }

    /// Checks that the schema is one that this program can work with. A newer schema is: migrations only expand.
    ///
    /// # Errors
    /// [`MigrateError::Behind`] and [`MigrateError::Changed`], or a failure of the database.
    pub async fn check_schema(&self) -> Result<(), MigrateError> {
        let connection = self.connection().await?;
        let failed = |source| StoreError::from_postgres("schema.check", source);
        let known = connection
            .query_one("select to_regclass('schema_migrations') is not null", &[])
            .await
            .map_err(failed)?
            .get::<_, bool>(0);
        let mut found = 0;
        if known {
            let rows =
                connection.query("select version, checksum from schema_migrations", &[]).await.map_err(failed)?;
            for row in rows {
                found = found.max(check_one(row.get(0), row.get(1))?);
            }
        }
        let needed = Self::schema_version();
        if found < needed { Err(MigrateError::Behind { found, needed }) } else { Ok(()) }
    }
}

fn check_one(version: i32, checksum: &[u8]) -> Result<i32, MigrateError> {
    match MIGRATIONS.iter().find(|migration| migration.version == version) {
        Some(ours) if Sha256::digest(ours.sql).as_slice() != checksum => Err(MigrateError::Changed { name: ours.name }),
        _ => Ok(version),
    }
}

async fn apply_all(connection: &mut deadpool_postgres::Object) -> Result<Migrated, MigrateError> {
    let failed = |source| StoreError::from_postgres("schema.migrate", source);
    connection.batch_execute(BOOK).await.map_err(failed)?;
    let rows = connection
        .query("select version, checksum from schema_migrations order by version", &[])
        .await
        .map_err(failed)?;
    let mut version = 0;
    for row in &rows {
        version = check_one(row.get(0), row.get(1))?;
    }
    let mut applied = 0;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > version) {
        apply(connection, migration).await.map_err(|source| MigrateError::Failed { name: migration.name, source })?;
        applied += 1;
    }
    Ok(Migrated { applied, version: version.max(Store::schema_version()) })
}

async fn apply(connection: &mut deadpool_postgres::Object, migration: &Migration) -> Result<(), tokio_postgres::Error> {
    let checksum = Sha256::digest(migration.sql);
    let transaction = connection.transaction().await?;
    transaction.batch_execute(migration.sql).await?;
    transaction
        .execute(
            "insert into schema_migrations (version, name, checksum) values ($1, $2, $3)",
            &[&migration.version, &migration.name, &checksum.as_slice()],
        )
        .await?;
    transaction.commit().await
}
