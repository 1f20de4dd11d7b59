-- Who came by whose invitation: told once, and never rewritten, for it decides about money.
CREATE TABLE referrals (
    friend_id   bigint PRIMARY KEY REFERENCES people,
    referrer_id bigint NOT NULL REFERENCES people,
    came_at     timestamptz NOT NULL,
    CHECK (friend_id <> referrer_id)
);
CREATE INDEX referrals_of_referrer ON referrals (referrer_id);

ALTER TABLE subscription_rules
    ADD COLUMN referral_reward_paise bigint NOT NULL DEFAULT 0                -- 0: there is none
        CHECK (referral_reward_paise BETWEEN 0 AND 999999999);

-- A reward is credit that the club gives. It is spent like a payment, so it is kept as one; but it
-- has no lines, for no money moved, and no receipt.
ALTER TABLE payments
    ADD COLUMN kind text NOT NULL DEFAULT 'money' CHECK (kind IN ('money', 'reward')),
    ADD CHECK (kind = 'money' OR person_id IS NOT NULL);
ALTER TABLE refunds
    DROP CONSTRAINT refunds_kind_check,
    ADD CONSTRAINT refunds_kind_check CHECK (kind IN ('refund', 'reversal', 'taken-back'));
ALTER TABLE journal_postings
    DROP CONSTRAINT journal_postings_account_check,
    ADD CONSTRAINT journal_postings_account_check
        CHECK (account IN ('receivable', 'credit', 'sales', 'gst', 'cash', 'upi', 'card', 'bank',
                           'reward'));

-- Whose first money brought it. Where a reward was taken back whole, as that money went back, the
-- friend's next first money may bring another: then, and only then, there is a second one.
CREATE TABLE rewards (
    payment_id     bigint PRIMARY KEY REFERENCES payments,
    friend_id      bigint NOT NULL REFERENCES referrals,
    nth            smallint NOT NULL CHECK (nth > 0),
    for_payment_id bigint NOT NULL UNIQUE REFERENCES payments,
    UNIQUE (friend_id, nth)
);

CREATE FUNCTION one_reward_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*)
          FROM rewards r
          JOIN payment_balances b USING (payment_id)
         WHERE r.friend_id = NEW.friend_id AND b.refunded_paise < b.total_paise) > 1 THEN
        RAISE EXCEPTION 'person % brought a reward already', NEW.friend_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER rewards_stand AFTER INSERT ON rewards
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION one_reward_stands();

-- Whatever the program believes: nobody is paid out what nobody has paid in.
CREATE FUNCTION rewards_are_no_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT kind = 'taken-back' FROM refunds WHERE id = NEW.refund_id)
       <> (SELECT kind = 'reward' FROM payments WHERE id = NEW.payment_id) THEN
        RAISE EXCEPTION 'payment % is no money to give back, or no reward to take', NEW.payment_id;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER refund_sources_of_a_kind BEFORE INSERT ON refund_sources
    FOR EACH ROW EXECUTE FUNCTION rewards_are_no_money();

CREATE TRIGGER referrals_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON referrals
    FOR EACH STATEMENT EXECUTE FUNCTION booked_is_booked();
CREATE TRIGGER rewards_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON rewards
    FOR EACH STATEMENT EXECUTE FUNCTION booked_is_booked();
