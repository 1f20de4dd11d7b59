-- What people do with their notices, and what they wish to hear, and when.
ALTER TABLE notices
    ADD COLUMN read_at   timestamptz,                        -- opened, or marked so
    ADD COLUMN hidden_at timestamptz,                        -- deleted from the person's own view
    ADD COLUMN held      boolean NOT NULL DEFAULT false,     -- put off to the end of quiet hours
    ADD COLUMN withheld  boolean NOT NULL DEFAULT false;     -- done with unsent: they want no message
UPDATE notices SET read_at = now() WHERE sent_at IS NOT NULL OR refused_at IS NOT NULL;

CREATE INDEX notices_inbox ON notices (recipient_id, id) WHERE hidden_at IS NULL;
CREATE INDEX notices_unread ON notices (recipient_id) WHERE read_at IS NULL AND hidden_at IS NULL;

CREATE TABLE notice_preferences (
    person_id  bigint PRIMARY KEY REFERENCES people,
    choices    jsonb NOT NULL DEFAULT '{}',                  -- topic: delivery; the usual is left out
    is_quiet   boolean NOT NULL DEFAULT true,                -- quiet hours are kept
    quiet_from time,                                         -- club time; NULL: the club's usual
    quiet_to   time,
    CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
    CHECK (quiet_from <> quiet_to)
);
