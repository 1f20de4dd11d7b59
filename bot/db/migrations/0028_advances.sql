-- Money that is paid ahead: its tax as it was taken (CGST Rule 50), and what became of it (Rule 51).
ALTER TABLE business ADD COLUMN advances_are_fitness boolean NOT NULL DEFAULT false;
-- It is for services at the club, as the admin who asked for it said.
ALTER TABLE payment_requests ADD COLUMN for_fitness boolean NOT NULL DEFAULT false;

-- Of a payment: what no invoice got when it was booked. Older payments have none: nothing was taxed.
CREATE TABLE advances (
    payment_id      bigint PRIMARY KEY REFERENCES payments,
    kind            text CHECK (kind = 'fitness'),           -- NULL: not known yet for what
    code            text NOT NULL,                           -- SAC; '': not known
    place_of_supply text NOT NULL CHECK (place_of_supply ~ '^[0-9]{2}$'),
    tax_type        text NOT NULL CHECK (tax_type IN ('intra', 'inter')),
    rate_bps        integer NOT NULL CHECK (rate_bps BETWEEN 0 AND 10000),
    taxable_paise   bigint NOT NULL CHECK (taxable_paise >= 0),
    cgst_paise      bigint NOT NULL CHECK (cgst_paise >= 0),
    sgst_paise      bigint NOT NULL CHECK (sgst_paise >= 0),
    igst_paise      bigint NOT NULL CHECK (igst_paise >= 0),
    total_paise     bigint NOT NULL CHECK (total_paise > 0),
    CHECK (cgst_paise = sgst_paise),
    CHECK (CASE tax_type WHEN 'intra' THEN igst_paise ELSE cgst_paise END = 0),
    CHECK (total_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise)
);

-- An invoice has it (adjusted), or it went back: given back, or the payment was booked back.
CREATE TABLE advance_uses (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id    bigint NOT NULL REFERENCES advances,
    allocation_id bigint UNIQUE REFERENCES allocations,
    refund_id     bigint REFERENCES refunds,
    taxable_paise bigint NOT NULL,                           -- of a single paisa it may be below zero
    cgst_paise    bigint NOT NULL CHECK (cgst_paise >= 0),
    sgst_paise    bigint NOT NULL CHECK (sgst_paise >= 0),
    igst_paise    bigint NOT NULL CHECK (igst_paise >= 0),
    total_paise   bigint NOT NULL CHECK (total_paise > 0),
    UNIQUE (refund_id, payment_id),
    CHECK (num_nonnulls(allocation_id, refund_id) = 1),
    CHECK (cgst_paise = sgst_paise),
    CHECK (total_paise = taxable_paise + cgst_paise + sgst_paise + igst_paise)
);
CREATE INDEX advance_uses_of ON advance_uses (payment_id);

-- What a refund voucher says beside the money: who gave it back and who got it, as they were then.
CREATE TABLE refund_vouchers (
    refund_id  bigint PRIMARY KEY REFERENCES refunds,
    payer_name text NOT NULL,
    seller     jsonb NOT NULL
);

DO $$
DECLARE
    booked text;
BEGIN
    FOREACH booked IN ARRAY ARRAY['advances', 'advance_uses', 'refund_vouchers'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION booked_is_booked()',
                       booked || '_append_only', booked);
    END LOOP;
END
$$;

-- What is left of an advance is part of its payment's credit; the rest of that was billed once.
CREATE VIEW advance_balances AS
SELECT a.payment_id, u.paise AS used_paise, a.total_paise - u.paise AS left_paise, b.unused_paise
  FROM advances a
  JOIN payment_balances b ON b.payment_id = a.payment_id
 CROSS JOIN LATERAL (SELECT coalesce(sum(total_paise), 0)::bigint AS paise
                       FROM advance_uses WHERE payment_id = a.payment_id) AS u;

CREATE FUNCTION advances_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM advance_balances
                WHERE payment_id = NEW.payment_id
                  AND (left_paise < 0 OR left_paise > unused_paise)) THEN
        RAISE EXCEPTION 'the advance of payment % is not spent with it', NEW.payment_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER advances_hold AFTER INSERT ON advances
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION advances_hold();
CREATE CONSTRAINT TRIGGER advance_uses_hold AFTER INSERT ON advance_uses
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION advances_hold();
CREATE CONSTRAINT TRIGGER advances_allocated AFTER INSERT ON allocations
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION advances_hold();
CREATE CONSTRAINT TRIGGER advances_refunded AFTER INSERT ON refund_sources
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION advances_hold();
