-- Days that people told us, to be congratulated on. The year is theirs to keep.
CREATE TABLE birthdays (
    person_id bigint PRIMARY KEY REFERENCES people,
    day       smallint NOT NULL,
    month     smallint NOT NULL,
    year      smallint CHECK (year >= 1900),
    CHECK (make_date(coalesce(year, 2000), month, day) IS NOT NULL)  -- 2000 had a 29 February
);
CREATE INDEX birthdays_day ON birthdays (month, day);

-- Kept when a birthday is changed or removed: once a year is once a year.
CREATE TABLE birthday_greetings (
    person_id bigint NOT NULL REFERENCES people,
    year      smallint NOT NULL,
    PRIMARY KEY (person_id, year)
);
