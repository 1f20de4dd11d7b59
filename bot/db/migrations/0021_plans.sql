-- What members subscribe to. A change leaves what was bought as it is: that has a copy of its own.
CREATE TABLE plans (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id      uuid UNIQUE,                           -- of the form that added it
    name              text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    price_paise       bigint NOT NULL CHECK (price_paise BETWEEN 1 AND 999999999),  -- tax included
    duration_count    integer NOT NULL CHECK (duration_count BETWEEN 1 AND 3660),
    duration_unit     text NOT NULL CHECK (duration_unit IN ('days', 'months')),
    sac               text NOT NULL CHECK (sac ~ '^99([0-9]{2}|[0-9]{4})$'),
    rate_bps          integer CHECK (rate_bps BETWEEN 0 AND 10000),  -- NULL: the club's
    joining_fee_paise bigint NOT NULL DEFAULT 0 CHECK (joining_fee_paise BETWEEN 0 AND 999999999),
    visits_limit      integer CHECK (visits_limit BETWEEN 1 AND 9999),
    is_on_sale        boolean NOT NULL DEFAULT true,
    position          integer NOT NULL,
    CONSTRAINT plans_position UNIQUE (position) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX plans_twin ON plans (lower(name)) WHERE is_on_sale;

INSERT INTO plans (name, price_paise, duration_count, duration_unit, sac, position)
VALUES ('30 Days', 250000, 30, 'days', '999723', 1),
       ('90 Days', 700000, 90, 'days', '999723', 2),
       ('180 Days', 1350000, 180, 'days', '999723', 3);
