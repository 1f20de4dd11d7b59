-- Facts to be told to someone, written in the transaction that made them true.
CREATE TABLE notices (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text NOT NULL,
    recipient_id  bigint NOT NULL REFERENCES people,
    subject_id    bigint,
    payload       jsonb NOT NULL DEFAULT '{}',
    dedupe_key    text UNIQUE,
    created_at    timestamptz NOT NULL DEFAULT now(),
    due_at        timestamptz NOT NULL DEFAULT now(),
    claimed_until timestamptz,                               -- a dead sender's claim lapses
    attempts      integer NOT NULL DEFAULT 0,
    message_id    bigint,
    sent_at       timestamptz,
    refused_at    timestamptz,
    refusal       text,
    refresh       integer NOT NULL DEFAULT 0,                -- edits asked for
    refreshed     integer NOT NULL DEFAULT 0                 -- edits done
);
CREATE INDEX notices_due ON notices (due_at)
    WHERE refused_at IS NULL AND (sent_at IS NULL OR refresh > refreshed);
CREATE INDEX notices_subject ON notices (kind, subject_id);
CREATE INDEX notices_recipient ON notices (recipient_id);
