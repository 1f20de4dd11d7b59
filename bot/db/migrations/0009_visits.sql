-- The days on which people came in.
CREATE TABLE visits (
    person_id bigint NOT NULL REFERENCES people,
    day       date NOT NULL,                          -- of the club
    at        timestamptz NOT NULL DEFAULT now(),     -- when it was marked
    marked_by bigint REFERENCES people,
    PRIMARY KEY (person_id, day)
);
CREATE INDEX visits_day ON visits (day);
