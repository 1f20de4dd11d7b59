CREATE TABLE club (
    id                   integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    name                 text NOT NULL,
    timezone             text NOT NULL,
    currency             text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    welcome_text         text NOT NULL,
    review_registrations boolean NOT NULL DEFAULT true,
    set_up_at            timestamptz
);
