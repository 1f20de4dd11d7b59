-- The three roles of a club's database. psql runs this once, as superuser, inside that database;
-- PostgreSQL's image does so when it starts on an empty volume.
--   clubdesk_migrator  owns the database and its tables: the only one that changes the schema
--   clubdesk_app       the workers: rows only, and never those of append-only tables (bot/db/grants.sql)
--   clubdesk_backup    reads everything, writes nothing
-- Their passwords are the ones in the addresses that the services are given.

\set migrator `sed 's|.*//[^:]*:\([^@]*\)@.*|\1|' "${SECRETS_DIR:-/run/secrets}/migrator_database_url"`
\set app `sed 's|.*//[^:]*:\([^@]*\)@.*|\1|' "${SECRETS_DIR:-/run/secrets}/app_database_url"`
\set backup `sed 's|.*//[^:]*:\([^@]*\)@.*|\1|' "${SECRETS_DIR:-/run/secrets}/backup_database_url"`

CREATE ROLE clubdesk_migrator LOGIN PASSWORD :'migrator';
CREATE ROLE clubdesk_app LOGIN PASSWORD :'app';
CREATE ROLE clubdesk_backup LOGIN PASSWORD :'backup';

GRANT pg_read_all_data TO clubdesk_backup;
ALTER ROLE clubdesk_backup SET default_transaction_read_only = on;

ALTER DATABASE :"DBNAME" OWNER TO clubdesk_migrator;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO clubdesk_app, clubdesk_backup;
