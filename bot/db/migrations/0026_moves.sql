-- What was given over by another member: the change that cancelled it there. NULL: it was bought.
ALTER TABLE subscriptions ADD COLUMN moved_by bigint UNIQUE REFERENCES subscription_changes;

-- One may begin at once in place of the one that runs, whose unused days are taken off its price.
-- ``joining_fee_paise``: within the price; it does not come back with unused days.
ALTER TABLE subscription_requests
    ADD COLUMN joining_fee_paise bigint NOT NULL DEFAULT 0 CHECK (joining_fee_paise >= 0),
    ADD COLUMN upgrades_id bigint REFERENCES subscriptions,
    ADD COLUMN credit_paise bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT subscription_requests_starts_check,
    ADD CONSTRAINT subscription_requests_starts_check
        CHECK (starts IN ('today', 'after', 'upgrade')),
    ADD CONSTRAINT subscription_requests_upgrade
        CHECK ((starts = 'upgrade') = (upgrades_id IS NOT NULL)
               AND (starts = 'upgrade') = (credit_paise > 0)
               AND (starts <> 'upgrade' OR credit_paise < price_paise));
