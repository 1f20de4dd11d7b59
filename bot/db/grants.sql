-- What the worker's role may do, said anew after every migration, so that new tables are included.
-- Without the role (the demo, a database with one owner) there is nothing to say.
DO $$
DECLARE
    protected text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clubdesk_app') THEN
        RETURN;
    END IF;
    GRANT USAGE ON SCHEMA public TO clubdesk_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clubdesk_app;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clubdesk_app;
    REVOKE INSERT, UPDATE, DELETE ON schema_history FROM clubdesk_app;
    -- Append-only is every table whose trigger says so: audit_log_append_only on audit_log.
    FOR protected IN
        SELECT tgrelid::regclass FROM pg_trigger WHERE tgname LIKE '%\_append\_only'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM clubdesk_app', protected);
    END LOOP;
END
$$;
