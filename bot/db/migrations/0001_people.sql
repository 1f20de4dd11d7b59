-- Everyone who ever wrote to the bot, and the profile of those the club approved.
CREATE TABLE people (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    telegram_id      bigint UNIQUE CHECK (telegram_id > 0),  -- NULL once deleted
    username         text,
    display_name     text NOT NULL DEFAULT '',
    search_name      text NOT NULL DEFAULT '',               -- folded by bot.db._fold
    language_code    text,
    office           text CHECK (office IN ('staff', 'admin', 'owner')),
    from_environment boolean NOT NULL DEFAULT false,         -- an owner named in OWNER_IDS
    is_reachable     boolean NOT NULL DEFAULT true,
    banned_at        timestamptz,
    ban_reason       text,
    banned_by        bigint REFERENCES people,
    ban_told_by      text,                                   -- the one notice or update that told them
    created_at       timestamptz NOT NULL DEFAULT now(),
    deleted_at       timestamptz,
    CHECK ((banned_at IS NULL) = (ban_reason IS NULL)),
    CHECK (office IS NULL OR banned_at IS NULL),             -- nobody in office is banned
    CHECK ((deleted_at IS NULL) = (telegram_id IS NOT NULL))
);
CREATE INDEX people_username ON people (lower(username));
CREATE INDEX people_office ON people (office) WHERE office IS NOT NULL;

CREATE TABLE profiles (
    person_id      bigint PRIMARY KEY REFERENCES people,
    full_name      text NOT NULL,
    search_name    text NOT NULL,
    phone          text NOT NULL,                            -- E.164
    phone_verified boolean NOT NULL,
    age            smallint NOT NULL CHECK (age BETWEEN 10 AND 100),
    gender         text NOT NULL CHECK (gender IN ('female', 'male', 'other')),
    weight_grams   integer NOT NULL CHECK (weight_grams BETWEEN 20000 AND 300000),
    photo_file_id  text,
    joined_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX profiles_phone ON profiles (phone);

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX people_search ON people USING gin (search_name gin_trgm_ops);
CREATE INDEX profiles_search ON profiles USING gin (search_name gin_trgm_ops);
