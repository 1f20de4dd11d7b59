-- The pictures behind business.logo_file_id: what was issued prints the one of its day, for ever.
CREATE TABLE logos (
    file_id text PRIMARY KEY,
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 2000000),
    kept_at timestamptz NOT NULL DEFAULT now()
);
