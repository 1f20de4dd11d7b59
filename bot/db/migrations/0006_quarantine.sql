-- Updates whose handling failed by a fault of ours: tried again, then set aside for an operator.
CREATE TABLE failed_updates (
    bot_id         bigint NOT NULL,
    update_id      bigint NOT NULL,
    user_id        bigint,                       -- Telegram's; goes with the person's data
    payload        jsonb NOT NULL,
    error          text NOT NULL,
    attempts       integer NOT NULL DEFAULT 1,
    failed_at      timestamptz NOT NULL DEFAULT now(),  -- the last time
    quarantined_at timestamptz,
    PRIMARY KEY (bot_id, update_id)
);
CREATE INDEX failed_updates_user ON failed_updates (user_id);
CREATE INDEX failed_updates_quarantined ON failed_updates (quarantined_at)
    WHERE quarantined_at IS NOT NULL;
