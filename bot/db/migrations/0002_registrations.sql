CREATE TABLE registrations (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id      bigint NOT NULL REFERENCES people,
    full_name      text NOT NULL,
    phone          text NOT NULL,
    phone_verified boolean NOT NULL,
    age            smallint NOT NULL CHECK (age BETWEEN 10 AND 100),
    gender         text NOT NULL CHECK (gender IN ('female', 'male', 'other')),
    weight_grams   integer NOT NULL CHECK (weight_grams BETWEEN 20000 AND 300000),
    photo_file_id  text,
    status         text NOT NULL DEFAULT 'pending'
                   CHECK (status IN ('pending', 'approved', 'rejected', 'withdrawn')),
    operation_id   uuid NOT NULL UNIQUE,                     -- made when the review was shown
    submitted_at   timestamptz NOT NULL DEFAULT now(),
    decided_by     bigint REFERENCES people,
    decided_at     timestamptz,
    reason         text,
    CHECK ((status = 'pending') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX registrations_one_pending ON registrations (person_id) WHERE status = 'pending';
CREATE INDEX registrations_of_person ON registrations (person_id);
