-- What stands at the head of the club's invoices, and how they are taxed. Issued ones keep their own copy.
CREATE TABLE business (
    id                  integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    legal_name          text CHECK (char_length(legal_name) BETWEEN 1 AND 100),  -- NULL: the club's name
    trade_name          text CHECK (char_length(trade_name) BETWEEN 1 AND 100),  -- NULL: the club's name
    address             text NOT NULL DEFAULT '' CHECK (char_length(address) <= 300),
    state_code          text NOT NULL DEFAULT '27'
        CHECK (state_code ~ '^(0[1-9]|1[0-9]|2[0-4679]|3[0-8])$'),
    gstin               text CHECK (gstin ~ '^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$'),
    scheme              text NOT NULL DEFAULT 'unregistered'
        CHECK (scheme IN ('unregistered', 'regular', 'composition')),
    is_gst_on           boolean NOT NULL DEFAULT false,
    prices_inclusive    boolean NOT NULL DEFAULT false,
    default_rate_bps    integer NOT NULL DEFAULT 500 CHECK (default_rate_bps BETWEEN 0 AND 10000),
    service_sac         text NOT NULL DEFAULT '999723'
        CHECK (service_sac ~ '^99([0-9]{2}|[0-9]{4})$'),
    taxes_shipping      boolean NOT NULL DEFAULT false,
    is_rounded          boolean NOT NULL DEFAULT true,
    upi_id              text CHECK (upi_id ~ '^[A-Za-z0-9._-]{2,64}@[A-Za-z][A-Za-z0-9]{1,63}$'),
    bank_details        text NOT NULL DEFAULT '' CHECK (char_length(bank_details) <= 400),
    logo_file_id        text CHECK (logo_file_id <> ''),
    invoice_prefix      text NOT NULL DEFAULT 'GYM'
        CHECK (invoice_prefix ~ '^[A-Z0-9]{1,3}$'),  -- PREFIX/26-27/000001: 16 characters by law
    terms               text NOT NULL DEFAULT '' CHECK (char_length(terms) <= 1000),
    due_days            integer NOT NULL DEFAULT 7 CHECK (due_days BETWEEN 0 AND 365),
    credits_overpayment boolean NOT NULL DEFAULT true,
    CHECK ((gstin IS NULL) = (scheme = 'unregistered')),
    CHECK (left(gstin, 2) = state_code),
    CHECK (scheme <> 'unregistered' OR NOT is_gst_on)
);
INSERT INTO business DEFAULT VALUES;

-- Rates by HSN or SAC, each from its date of supply until the next one.
CREATE TABLE tax_rates (
    code       text NOT NULL CHECK (code ~ '^[0-9]{4}([0-9]{2}){0,2}$'),
    valid_from date NOT NULL,
    rate_bps   integer NOT NULL CHECK (rate_bps BETWEEN 0 AND 10000),
    PRIMARY KEY (code, valid_from)
);
INSERT INTO tax_rates (code, valid_from, rate_bps)
VALUES ('999723', '2017-07-01', 1800),
       ('999723', '2025-09-22', 500);
