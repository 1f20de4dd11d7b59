-- The club's rules; its one row.
CREATE TABLE subscription_rules (
    id                    boolean PRIMARY KEY DEFAULT true CHECK (id),
    grace_days            integer NOT NULL DEFAULT 7 CHECK (grace_days BETWEEN 0 AND 60),
    grace_visits          integer NOT NULL DEFAULT 3 CHECK (grace_visits BETWEEN 0 AND 60),
    freeze_days           integer NOT NULL DEFAULT 30 CHECK (freeze_days BETWEEN 0 AND 366),
    pay_later             boolean NOT NULL DEFAULT false,
    pay_later_limit_paise bigint NOT NULL DEFAULT 500000 CHECK (pay_later_limit_paise >= 0)
);
INSERT INTO subscription_rules DEFAULT VALUES;

-- A claim may be the payment of a subscription that is asked for; that is decided on with it.
ALTER TABLE claims ADD COLUMN for_subscription boolean NOT NULL DEFAULT false;
DROP INDEX claims_one_of_person;
CREATE UNIQUE INDEX claims_one_of_person ON claims (person_id)
    WHERE status = 'waiting' AND invoice_id IS NULL AND request_id IS NULL AND NOT for_subscription;

CREATE TABLE subscription_requests (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id uuid NOT NULL UNIQUE,
    person_id    bigint NOT NULL REFERENCES people,
    plan_id      bigint NOT NULL REFERENCES plans,
    plan_name    text NOT NULL,                              -- as it was when it was asked for
    price_paise  bigint NOT NULL CHECK (price_paise > 0),    -- with the joining fee, tax included
    duration_count integer NOT NULL,
    duration_unit text NOT NULL,
    visits_limit integer,
    starts       text NOT NULL CHECK (starts IN ('today', 'after')),
    claim_id     bigint UNIQUE REFERENCES claims,            -- NULL: to be paid later
    requested_at timestamptz NOT NULL DEFAULT now(),
    status       text NOT NULL DEFAULT 'waiting'
                 CHECK (status IN ('waiting', 'approved', 'rejected', 'withdrawn')),
    decided_by   bigint REFERENCES people,
    decided_at   timestamptz,
    reason       text CHECK (char_length(reason) BETWEEN 1 AND 300),
    CHECK ((status = 'waiting') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX subscription_requests_one ON subscription_requests (person_id)
    WHERE status = 'waiting';
CREATE INDEX subscription_requests_of ON subscription_requests (person_id, id);

-- What was bought, and what changed it since: rows are added, never changed.
CREATE TABLE subscriptions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id   bigint UNIQUE REFERENCES subscription_requests,
    person_id    bigint NOT NULL REFERENCES people,
    plan_id      bigint REFERENCES plans,
    plan_name    text NOT NULL,
    price_paise  bigint NOT NULL CHECK (price_paise >= 0),
    first_day    date NOT NULL,
    last_day     date NOT NULL,
    visits_limit integer CHECK (visits_limit > 0),
    invoice_id   bigint UNIQUE REFERENCES invoices,
    bought_at    timestamptz NOT NULL,
    recorded_by  bigint NOT NULL REFERENCES people,
    CHECK (last_day >= first_day)
);
CREATE INDEX subscriptions_of ON subscriptions (person_id, id);

-- ``delta_days`` is what a change did to the last day, counter-entries included.
CREATE TABLE subscription_changes (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id    uuid NOT NULL UNIQUE,
    subscription_id bigint NOT NULL REFERENCES subscriptions,
    kind            text NOT NULL CHECK (kind IN ('extend', 'freeze', 'unfreeze', 'cancel', 'undo')),
    days            integer NOT NULL DEFAULT 0,
    on_day          date,
    undoes_id       bigint UNIQUE REFERENCES subscription_changes,
    delta_days      integer NOT NULL,
    reason          text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 300),
    changed_at      timestamptz NOT NULL,
    recorded_by     bigint NOT NULL REFERENCES people,
    CHECK ((kind = 'undo') = (undoes_id IS NOT NULL))
);
CREATE INDEX subscription_changes_of ON subscription_changes (subscription_id, id);

CREATE TRIGGER subscriptions_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON subscriptions
    FOR EACH STATEMENT EXECUTE FUNCTION booked_is_booked();
CREATE TRIGGER subscription_changes_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON subscription_changes
    FOR EACH STATEMENT EXECUTE FUNCTION booked_is_booked();

-- From when to when, all changes counted: for lists. Access is decided by models/subscriptions.py.
CREATE VIEW subscription_terms AS
SELECT s.id AS subscription_id, s.person_id, s.plan_id, s.plan_name, s.first_day,
       s.last_day + coalesce((SELECT sum(delta_days) FROM subscription_changes
                               WHERE subscription_id = s.id), 0)::integer AS last_day
  FROM subscriptions s;
