-- What a receipt says beside the money: who took it and who gave it, as they were then.
CREATE TABLE receipts (
    payment_id bigint PRIMARY KEY REFERENCES payments,
    payer_name text NOT NULL,
    seller     jsonb NOT NULL
);
CREATE TRIGGER receipts_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON receipts
    FOR EACH STATEMENT EXECUTE FUNCTION booked_is_booked();
