-- What is being written, and what was issued: the one changes freely, the other never.
CREATE TABLE invoice_drafts (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id   uuid NOT NULL UNIQUE,                     -- made when the form was begun
    created_by     bigint NOT NULL REFERENCES people,
    created_at     timestamptz NOT NULL DEFAULT now(),
    person_id      bigint REFERENCES people,                 -- NULL: a walk-in customer
    buyer_name     text NOT NULL CHECK (char_length(buyer_name) BETWEEN 1 AND 100),
    buyer_phone    text,
    buyer_address  text CHECK (char_length(buyer_address) BETWEEN 1 AND 300),
    buyer_state    text CHECK (buyer_state ~ '^[0-9]{2}$'),
    buyer_gstin    text CHECK (buyer_gstin ~ '^[0-9A-Z]{15}$'),
    shipping_paise bigint NOT NULL DEFAULT 0 CHECK (shipping_paise BETWEEN 0 AND 999999999),
    revision       integer NOT NULL DEFAULT 1,               -- goes up with each change
    status         text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'issued', 'dropped'))
);
CREATE INDEX invoice_drafts_open ON invoice_drafts (created_by) WHERE status = 'open';

CREATE TABLE invoice_draft_lines (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draft_id     bigint NOT NULL REFERENCES invoice_drafts ON DELETE CASCADE,
    item_id      bigint REFERENCES items,                    -- NULL: written by hand
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    kind         text NOT NULL CHECK (kind IN ('goods', 'fitness', 'online')),
    code         text NOT NULL,
    quantity     integer NOT NULL CHECK (quantity BETWEEN 1 AND 9999),
    price_paise  bigint NOT NULL CHECK (price_paise BETWEEN 1 AND 999999999),
    rate_bps     integer NOT NULL CHECK (rate_bps BETWEEN 0 AND 10000),
    discount_bps integer NOT NULL DEFAULT 0 CHECK (discount_bps BETWEEN 0 AND 8000),
    operation_id uuid NOT NULL UNIQUE                        -- a repeated answer adds no second line
);
CREATE INDEX invoice_draft_lines_of ON invoice_draft_lines (draft_id, id);

-- The last number given in a series; its row is locked until the document that takes the next one
-- is committed, so that no number is left out or given twice.
CREATE TABLE document_series (
    prefix text NOT NULL,
    year   smallint NOT NULL,                                -- in which the financial year began
    last   integer NOT NULL CHECK (last BETWEEN 0 AND 999999),
    PRIMARY KEY (prefix, year)
);

CREATE TABLE invoices (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          text NOT NULL UNIQUE CHECK (number ~ '^[A-Z0-9/-]{1,16}$'),
    prefix          text NOT NULL,
    year            smallint NOT NULL,
    serial          integer NOT NULL,
    draft_id        bigint NOT NULL REFERENCES invoice_drafts,
    part            smallint NOT NULL,                       -- of the documents of one draft
    kind            text NOT NULL CHECK (kind IN ('tax-invoice', 'bill-of-supply', 'invoice-cum-bill',
                                                  'invoice')),
    issued_at       timestamptz NOT NULL,
    issued_by       bigint NOT NULL REFERENCES people,
    supplied_on     date NOT NULL,
    due_on          date NOT NULL,
    person_id       bigint REFERENCES people,
    seller          jsonb NOT NULL,                          -- as it was
    buyer           jsonb NOT NULL,
    place_of_supply text NOT NULL,
    tax_type        text NOT NULL CHECK (tax_type IN ('intra', 'inter', 'none')),
    inclusive       boolean NOT NULL,
    taxable_paise   bigint NOT NULL CHECK (taxable_paise >= 0),
    cgst_paise      bigint NOT NULL CHECK (cgst_paise >= 0),
    sgst_paise      bigint NOT NULL CHECK (sgst_paise >= 0),
    igst_paise      bigint NOT NULL CHECK (igst_paise >= 0),
    round_off_paise bigint NOT NULL CHECK (round_off_paise BETWEEN -49 AND 50),
    total_paise     bigint NOT NULL,
    UNIQUE (prefix, year, serial),
    UNIQUE (draft_id, part),
    CHECK (cgst_paise = sgst_paise),
    CHECK (cgst_paise = 0 OR igst_paise = 0),
    CHECK (total_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise + round_off_paise)
);
CREATE INDEX invoices_of_person ON invoices (person_id, id);

CREATE TABLE invoice_lines (
    invoice_id     bigint NOT NULL REFERENCES invoices,
    position       smallint NOT NULL,
    name           text NOT NULL,
    kind           text,                                     -- NULL: shipping
    code           text NOT NULL,
    quantity       integer NOT NULL CHECK (quantity > 0),
    price_paise    bigint NOT NULL CHECK (price_paise >= 0),
    discount_bps   integer NOT NULL,
    base_paise     bigint NOT NULL CHECK (base_paise = quantity * price_paise),
    discount_paise bigint NOT NULL,
    shared_paise   bigint NOT NULL,
    taxable_paise  bigint NOT NULL,
    rate_bps       integer NOT NULL,
    cgst_paise     bigint NOT NULL,
    sgst_paise     bigint NOT NULL,
    igst_paise     bigint NOT NULL,
    PRIMARY KEY (invoice_id, position),
    CHECK (cgst_paise = sgst_paise)
);

CREATE FUNCTION issued_is_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued document never changes: make a credit note';
END
$$;
CREATE TRIGGER invoices_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices
    FOR EACH STATEMENT EXECUTE FUNCTION issued_is_issued();
CREATE TRIGGER invoice_lines_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_lines
    FOR EACH STATEMENT EXECUTE FUNCTION issued_is_issued();
