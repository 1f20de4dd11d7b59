-- Money that came in and went out. Rows are added, never changed: a mistake is booked back.
CREATE FUNCTION booked_is_booked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is booked never changes: book it back';
END
$$;

-- A payment belongs to a person, or to the walk-in customer of one invoice.
CREATE TABLE payments (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number       text NOT NULL UNIQUE CHECK (number ~ '^[A-Z0-9/-]{1,16}$'),  -- of the receipt
    prefix       text NOT NULL,
    year         smallint NOT NULL,
    serial       integer NOT NULL,
    operation_id uuid NOT NULL UNIQUE,
    person_id    bigint REFERENCES people,
    walk_in_id   bigint REFERENCES invoices,
    purpose      text NOT NULL DEFAULT '' CHECK (char_length(purpose) <= 200),
    received_at  timestamptz NOT NULL,
    recorded_by  bigint NOT NULL REFERENCES people,
    total_paise  bigint NOT NULL CHECK (total_paise > 0),
    UNIQUE (prefix, year, serial),
    CHECK ((person_id IS NULL) <> (walk_in_id IS NULL))
);
CREATE INDEX payments_of_person ON payments (person_id, id);
CREATE INDEX payments_of_walk_in ON payments (walk_in_id, id) WHERE walk_in_id IS NOT NULL;

CREATE TABLE payment_lines (
    payment_id   bigint NOT NULL REFERENCES payments,
    position     smallint NOT NULL,
    method       text NOT NULL CHECK (method IN ('cash', 'upi', 'card', 'bank')),
    amount_paise bigint NOT NULL CHECK (amount_paise > 0),
    reference    text CHECK (char_length(reference) BETWEEN 1 AND 40),
    PRIMARY KEY (payment_id, position)
);

-- What an invoice takes of a payment; below zero it gives that back to the payment.
CREATE TABLE allocations (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id   bigint NOT NULL REFERENCES payments,
    invoice_id   bigint NOT NULL REFERENCES invoices,
    amount_paise bigint NOT NULL CHECK (amount_paise <> 0),
    allocated_at timestamptz NOT NULL,
    recorded_by  bigint NOT NULL REFERENCES people
);
CREATE INDEX allocations_of_payment ON allocations (payment_id);
CREATE INDEX allocations_of_invoice ON allocations (invoice_id);

CREATE TABLE credit_notes (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          text NOT NULL UNIQUE CHECK (number ~ '^[A-Z0-9/-]{1,16}$'),
    prefix          text NOT NULL,
    year            smallint NOT NULL,
    serial          integer NOT NULL,
    operation_id    uuid NOT NULL UNIQUE,
    invoice_id      bigint NOT NULL REFERENCES invoices,
    reason          text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 300),
    issued_at       timestamptz NOT NULL,
    issued_by       bigint NOT NULL REFERENCES people,
    taxable_paise   bigint NOT NULL CHECK (taxable_paise >= 0),
    cgst_paise      bigint NOT NULL CHECK (cgst_paise >= 0),
    sgst_paise      bigint NOT NULL CHECK (sgst_paise >= 0),
    igst_paise      bigint NOT NULL CHECK (igst_paise >= 0),
    round_off_paise bigint NOT NULL CHECK (round_off_paise BETWEEN -49 AND 50),
    total_paise     bigint NOT NULL CHECK (total_paise >= 0),
    UNIQUE (prefix, year, serial),
    CHECK (cgst_paise = sgst_paise),
    CHECK (total_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise + round_off_paise)
);
CREATE INDEX credit_notes_of_invoice ON credit_notes (invoice_id, id);

CREATE TABLE credit_note_lines (
    credit_note_id bigint NOT NULL REFERENCES credit_notes,
    invoice_id     bigint NOT NULL,
    position       smallint NOT NULL,                        -- of the invoice's line
    taxable_paise  bigint NOT NULL CHECK (taxable_paise >= 0),
    cgst_paise     bigint NOT NULL CHECK (cgst_paise >= 0),
    sgst_paise     bigint NOT NULL CHECK (sgst_paise >= 0),
    igst_paise     bigint NOT NULL CHECK (igst_paise >= 0),
    PRIMARY KEY (credit_note_id, position),
    FOREIGN KEY (invoice_id, position) REFERENCES invoice_lines,
    CHECK (cgst_paise = sgst_paise)
);
CREATE INDEX credit_note_lines_of ON credit_note_lines (invoice_id, position);

-- Money given back; 'reversal': it never came, or was booked wrongly.
CREATE TABLE refunds (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number       text NOT NULL UNIQUE CHECK (number ~ '^[A-Z0-9/-]{1,16}$'),
    prefix       text NOT NULL,
    year         smallint NOT NULL,
    serial       integer NOT NULL,
    operation_id uuid NOT NULL UNIQUE,
    kind         text NOT NULL CHECK (kind IN ('refund', 'reversal')),
    person_id    bigint REFERENCES people,
    walk_in_id   bigint REFERENCES invoices,
    reason       text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 300),
    refunded_at  timestamptz NOT NULL,
    recorded_by  bigint NOT NULL REFERENCES people,
    total_paise  bigint NOT NULL CHECK (total_paise > 0),
    UNIQUE (prefix, year, serial),
    CHECK ((person_id IS NULL) <> (walk_in_id IS NULL))
);
CREATE INDEX refunds_of_person ON refunds (person_id, id);

CREATE TABLE refund_lines (
    refund_id    bigint NOT NULL REFERENCES refunds,
    position     smallint NOT NULL,
    method       text NOT NULL CHECK (method IN ('cash', 'upi', 'card', 'bank')),
    amount_paise bigint NOT NULL CHECK (amount_paise > 0),
    reference    text CHECK (char_length(reference) BETWEEN 1 AND 40),
    PRIMARY KEY (refund_id, position)
);

CREATE TABLE refund_sources (
    refund_id    bigint NOT NULL REFERENCES refunds,
    payment_id   bigint NOT NULL REFERENCES payments,
    amount_paise bigint NOT NULL CHECK (amount_paise > 0),
    PRIMARY KEY (refund_id, payment_id)
);
CREATE INDEX refund_sources_of_payment ON refund_sources (payment_id);

-- What is owed follows from the rows; there is no figure that could differ from them.
CREATE VIEW invoice_balances AS
SELECT i.id AS invoice_id, i.person_id, i.total_paise, c.paise AS credited_paise,
       a.paise AS allocated_paise, i.total_paise - c.paise - a.paise AS due_paise
  FROM invoices i
 CROSS JOIN LATERAL (SELECT coalesce(sum(total_paise), 0)::bigint AS paise
                       FROM credit_notes WHERE invoice_id = i.id) AS c
 CROSS JOIN LATERAL (SELECT coalesce(sum(amount_paise), 0)::bigint AS paise
                       FROM allocations WHERE invoice_id = i.id) AS a;

CREATE VIEW payment_balances AS
SELECT p.id AS payment_id, p.person_id, p.walk_in_id, p.total_paise, a.paise AS allocated_paise,
       r.paise AS refunded_paise, p.total_paise - a.paise - r.paise AS unused_paise
  FROM payments p
 CROSS JOIN LATERAL (SELECT coalesce(sum(amount_paise), 0)::bigint AS paise
                       FROM allocations WHERE payment_id = p.id) AS a
 CROSS JOIN LATERAL (SELECT coalesce(sum(amount_paise), 0)::bigint AS paise
                       FROM refund_sources WHERE payment_id = p.id) AS r;

-- Whatever the program believes: nobody pays more than an invoice asks, spends more of a payment
-- than it brought, or takes back more of a line than was billed.
CREATE FUNCTION balances_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_invoice bigint := to_jsonb(NEW) ->> 'invoice_id';
    the_payment bigint := to_jsonb(NEW) ->> 'payment_id';
BEGIN
    IF EXISTS (SELECT FROM invoice_balances
                WHERE invoice_id = the_invoice AND (due_paise < 0 OR allocated_paise < 0)) THEN
        RAISE EXCEPTION 'more is booked on invoice % than it asks', the_invoice;
    END IF;
    IF EXISTS (SELECT FROM payment_balances
                WHERE payment_id = the_payment AND (unused_paise < 0 OR allocated_paise < 0)) THEN
        RAISE EXCEPTION 'more is taken from payment % than it brought', the_payment;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER allocations_hold AFTER INSERT ON allocations
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balances_hold();
CREATE CONSTRAINT TRIGGER credit_notes_hold AFTER INSERT ON credit_notes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balances_hold();
CREATE CONSTRAINT TRIGGER refund_sources_hold AFTER INSERT ON refund_sources
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balances_hold();

CREATE FUNCTION credited_lines_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT
                 FROM invoice_lines i
                 JOIN credit_note_lines c USING (invoice_id, position)
                WHERE i.invoice_id = NEW.invoice_id AND i.position = NEW.position
                GROUP BY i.invoice_id, i.position
               HAVING sum(c.taxable_paise) > i.taxable_paise OR sum(c.cgst_paise) > i.cgst_paise
                   OR sum(c.igst_paise) > i.igst_paise) THEN
        RAISE EXCEPTION 'more is credited on a line of invoice % than it billed', NEW.invoice_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER credit_note_lines_hold AFTER INSERT ON credit_note_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credited_lines_hold();

-- The books: every document once, as postings that come to nothing.
CREATE TABLE journal_entries (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('invoice', 'credit-note', 'payment', 'allocation',
                                              'refund')),
    document_id bigint NOT NULL,
    person_id   bigint REFERENCES people,
    walk_in_id  bigint REFERENCES invoices,
    booked_at   timestamptz NOT NULL,
    UNIQUE (kind, document_id),
    CHECK ((person_id IS NULL) <> (walk_in_id IS NULL))
);
CREATE INDEX journal_entries_of_person ON journal_entries (person_id, id);

CREATE TABLE journal_postings (
    entry_id     bigint NOT NULL REFERENCES journal_entries,
    account      text NOT NULL CHECK (account IN ('receivable', 'credit', 'sales', 'gst', 'cash',
                                                  'upi', 'card', 'bank')),
    amount_paise bigint NOT NULL CHECK (amount_paise <> 0),  -- above zero: debit
    PRIMARY KEY (entry_id, account)
);

CREATE FUNCTION entries_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount_paise) FROM journal_postings WHERE entry_id = NEW.entry_id) <> 0 THEN
        RAISE EXCEPTION 'entry % does not balance', NEW.entry_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER journal_postings_balance AFTER INSERT ON journal_postings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entries_balance();

DO $$
DECLARE
    booked text;
BEGIN
    FOREACH booked IN ARRAY ARRAY['payments', 'payment_lines', 'allocations', 'credit_notes',
                                  'credit_note_lines', 'refunds', 'refund_lines', 'refund_sources',
                                  'journal_entries', 'journal_postings'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION booked_is_booked()',
                       booked || '_append_only', booked);
    END LOOP;
END
$$;

-- Invoices from before there were books.
WITH entries AS (
    INSERT INTO journal_entries (kind, document_id, person_id, walk_in_id, booked_at)
    SELECT 'invoice', id, person_id, CASE WHEN person_id IS NULL THEN id END, issued_at
      FROM invoices
    RETURNING id, document_id
)
INSERT INTO journal_postings (entry_id, account, amount_paise)
SELECT e.id, p.account, p.paise
  FROM entries e
  JOIN invoices i ON i.id = e.document_id
 CROSS JOIN LATERAL (VALUES ('receivable', i.total_paise),
                            ('sales', -i.taxable_paise - i.round_off_paise),
                            ('gst', -i.cgst_paise - i.sgst_paise - i.igst_paise))
       AS p (account, paise)
 WHERE p.paise <> 0;
