-- What the club tells many at once. Whom it went to, and what became of it, stands in "notices".
CREATE TABLE broadcasts (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id uuid NOT NULL UNIQUE,                       -- made when the form was begun
    created_by   bigint NOT NULL REFERENCES people,
    created_at   timestamptz NOT NULL DEFAULT now(),
    segment      text NOT NULL,
    days         integer CHECK (days BETWEEN 1 AND 3650),    -- of a segment that counts them
    picked       bigint[] NOT NULL DEFAULT '{}',             -- people, of a hand-picked one
    html         text NOT NULL,                              -- with placeholders
    file_kind    text CHECK (file_kind IN ('photo', 'document')),
    file_id      text,
    revision     integer NOT NULL DEFAULT 1,                 -- goes up with each change
    status       text NOT NULL DEFAULT 'draft'
                 CHECK (status IN ('draft', 'scheduled', 'running', 'paused', 'stopped', 'done',
                                   'discarded')),
    starts_at    timestamptz,
    scheduled_by bigint REFERENCES people,
    started_by   bigint REFERENCES people,
    started_at   timestamptz,
    ended_at     timestamptz,
    is_changing  boolean NOT NULL DEFAULT false,             -- what was sent is edited or deleted
    retracted_at timestamptz,
    reported_at  timestamptz,                                -- the last look at its progress
    CHECK ((file_kind IS NULL) = (file_id IS NULL)),
    CHECK (status <> 'scheduled' OR starts_at IS NOT NULL AND scheduled_by IS NOT NULL),
    CHECK ((status IN ('draft', 'scheduled', 'discarded')) = (started_at IS NULL))
);
CREATE INDEX broadcasts_live ON broadcasts (id) WHERE ended_at IS NULL AND started_at IS NOT NULL
    OR is_changing;

ALTER TABLE notices
    ADD COLUMN is_bulk    boolean NOT NULL DEFAULT false,    -- of a broadcast: waits for all others
    ADD COLUMN removed_at timestamptz;                       -- deleted from the person's chat
CREATE INDEX notices_bulk_due ON notices (subject_id, due_at, id)
    WHERE is_bulk AND refused_at IS NULL AND (sent_at IS NULL OR refresh > refreshed);
DROP INDEX notices_due;
CREATE INDEX notices_due ON notices (due_at)
    WHERE NOT is_bulk AND refused_at IS NULL AND (sent_at IS NULL OR refresh > refreshed);
