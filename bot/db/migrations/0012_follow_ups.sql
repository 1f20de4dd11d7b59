-- What is said by itself to members who stay away, and on birthdays.
CREATE TABLE follow_up_steps (
    occasion text PRIMARY KEY,
    days     integer UNIQUE CHECK (days > 0),                -- of absence; NULL: a birthday
    html     text NOT NULL,                                  -- with placeholders
    is_on    boolean NOT NULL
);
-- Off at first: a new club marks no visits yet, and everybody would seem to be away.
INSERT INTO follow_up_steps (occasion, days, html, is_on) VALUES
    ('away-7', 7, '👋 Hi {first_name}, we have not seen you for {days} days. '
                  'Your next workout is waiting for you at {club}.', false),
    ('away-14', 14, '💪 {first_name}, it has been {days} days. The first step back is the hardest: '
                    'come by this week, and we take it together.', false),
    ('away-30', 30, '🧡 {first_name}, we miss you at {club}. Is there anything that would make it '
                    'easier to come back? Talk to us.', false),
    ('birthday', NULL, '🎂 Happy birthday, {first_name}! Everybody at {club} wishes you a strong and '
                       'healthy year.', true);

CREATE TABLE follow_up_interval (
    id   integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    days integer NOT NULL CHECK (days BETWEEN 1 AND 90)      -- between two to one person
);
INSERT INTO follow_up_interval (days) VALUES (7);

CREATE TABLE follow_ups_sent (
    person_id bigint NOT NULL REFERENCES people,
    days      integer NOT NULL,                              -- the step
    since     date NOT NULL,                                 -- last visit, or the day they joined
    sent_on   date NOT NULL,                                 -- of the club, as the others
    PRIMARY KEY (person_id, days, since)                     -- each step once per absence
);
