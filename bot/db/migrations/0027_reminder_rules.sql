-- On which days before the end members are reminded, and how often and for how long after grace.
ALTER TABLE subscription_rules
    ADD COLUMN remind_before integer[] NOT NULL DEFAULT '{7,3,1}'
        CHECK (cardinality(remind_before) BETWEEN 1 AND 5
               AND 1 <= ALL (remind_before) AND 60 >= ALL (remind_before)),
    ADD COLUMN follow_up_every integer NOT NULL DEFAULT 3 CHECK (follow_up_every BETWEEN 1 AND 90),
    ADD COLUMN follow_up_days integer NOT NULL DEFAULT 30 CHECK (follow_up_days BETWEEN 0 AND 366);
