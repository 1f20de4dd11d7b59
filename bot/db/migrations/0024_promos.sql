-- Codes that take something off a plan's price. Who used one stands in the requests.
CREATE TABLE promos (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id uuid NOT NULL UNIQUE,                       -- of the form that added it
    code         text NOT NULL UNIQUE CHECK (code ~ '^[A-Z0-9]{3,20}$'),
    percent      integer CHECK (percent BETWEEN 1 AND 99),
    amount_paise bigint CHECK (amount_paise BETWEEN 1 AND 999999999),
    plan_id      bigint REFERENCES plans,                    -- NULL: good for every plan
    first_day    date,
    last_day     date,
    uses_limit   integer CHECK (uses_limit BETWEEN 1 AND 99999),
    member_limit integer NOT NULL DEFAULT 1 CHECK (member_limit BETWEEN 1 AND 99),
    is_on        boolean NOT NULL DEFAULT true,
    CHECK (num_nonnulls(percent, amount_paise) = 1),
    CHECK (last_day >= first_day)
);

-- What a request is cheaper by: its price has that off. ``promo_nth`` of one member's uses of the
-- code: what is rejected or withdrawn gives its number back.
ALTER TABLE subscription_requests
    ADD COLUMN promo_id bigint REFERENCES promos,
    ADD COLUMN promo_nth integer CHECK (promo_nth > 0),
    ADD COLUMN discount_paise bigint CHECK (discount_paise > 0),
    ADD CHECK (num_nonnulls(promo_id, promo_nth, discount_paise) IN (0, 3));
CREATE UNIQUE INDEX subscription_requests_promo
    ON subscription_requests (promo_id, person_id, promo_nth)
    WHERE status IN ('waiting', 'approved');

-- A trial is free, once per person, and has no bill. 0 days: the club gives none.
ALTER TABLE subscription_rules
    ADD COLUMN trial_days integer NOT NULL DEFAULT 0 CHECK (trial_days BETWEEN 0 AND 60);
ALTER TABLE subscriptions
    ADD COLUMN is_trial boolean NOT NULL DEFAULT false,
    ADD CHECK (NOT is_trial
               OR (price_paise = 0 AND num_nonnulls(request_id, plan_id, invoice_id) = 0));
CREATE UNIQUE INDEX subscriptions_trial ON subscriptions (person_id) WHERE is_trial;
