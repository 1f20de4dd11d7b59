-- What the club sells, and catalogues that were sent as a file and wait to be confirmed.
CREATE TABLE items (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    serial       integer NOT NULL UNIQUE CHECK (serial > 0), -- the next one, by the INSERT itself
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    search_name  text NOT NULL CHECK (search_name <> ''),    -- folded by bot.db._rows
    kind         text NOT NULL CHECK (kind IN ('goods', 'fitness', 'online')),
    hsn          text NOT NULL CHECK (hsn ~ '^([0-9]{4}|[0-9]{6}|[0-9]{8})?$'),
    mrp_paise    bigint NOT NULL CHECK (mrp_paise > 0 AND mrp_paise <= 999999999),
    rate_bps     integer NOT NULL CHECK (rate_bps BETWEEN 0 AND 10000),
    stock        integer CHECK (stock BETWEEN 0 AND 1000000), -- NULL: nobody counts
    is_active    boolean NOT NULL DEFAULT true,
    operation_id uuid UNIQUE,                                -- of the form that added it
    created_at   timestamptz NOT NULL DEFAULT now(),
    -- Looked at when a statement ends: a file may have two items swap their names.
    CONSTRAINT items_twin EXCLUDE (search_name WITH =, hsn WITH =) WHERE (is_active)
        DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX items_search ON items USING gin (search_name gin_trgm_ops);

CREATE FUNCTION items_keep_their_serial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the serial of an item never changes';
END
$$;
CREATE TRIGGER items_serial
    BEFORE UPDATE OF serial ON items
    FOR EACH ROW WHEN (OLD.serial <> NEW.serial)
    EXECUTE FUNCTION items_keep_their_serial();

CREATE TABLE item_uploads (
    operation_id uuid PRIMARY KEY,
    made_by      bigint NOT NULL REFERENCES people,
    rows         jsonb NOT NULL,                             -- each row with its verdict, as shown
    ignored      jsonb NOT NULL,                             -- headings that mean nothing to us
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX item_uploads_age ON item_uploads (created_at);
