-- An admin asks a person for money that no invoice asks for: a fee, an advance.
CREATE TABLE payment_requests (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id uuid NOT NULL UNIQUE,
    person_id    bigint NOT NULL REFERENCES people,
    amount_paise bigint NOT NULL CHECK (amount_paise > 0),
    purpose      text NOT NULL CHECK (char_length(purpose) BETWEEN 1 AND 200),
    raised_by    bigint NOT NULL REFERENCES people,
    raised_at    timestamptz NOT NULL DEFAULT now(),
    status       text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'cancelled'))
);
CREATE INDEX payment_requests_open ON payment_requests (person_id) WHERE status = 'open';

-- What a member says they have paid. It is no money until an admin has verified it.
CREATE TABLE claims (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id uuid NOT NULL UNIQUE,
    person_id    bigint NOT NULL REFERENCES people,
    invoice_id   bigint REFERENCES invoices,
    request_id   bigint REFERENCES payment_requests,
    purpose      text NOT NULL DEFAULT '' CHECK (char_length(purpose) <= 200),
    claimed_at   timestamptz NOT NULL DEFAULT now(),
    upi_reference text UNIQUE CHECK (upi_reference ~ '^[0-9A-Za-z]{1,35}$'),  -- ours, in the QR
    proof_kind   text CHECK (proof_kind IN ('photo', 'document')),
    proof_file_id text,
    proof_hash   text,                                       -- SHA-256 of the picture
    status       text NOT NULL DEFAULT 'waiting'
                 CHECK (status IN ('waiting', 'approved', 'rejected', 'withdrawn')),
    decided_by   bigint REFERENCES people,
    decided_at   timestamptz,
    reason       text CHECK (char_length(reason) BETWEEN 1 AND 300),
    payment_id   bigint UNIQUE REFERENCES payments,
    CHECK ((status = 'waiting') = (decided_at IS NULL)),
    CHECK ((status = 'approved') = (payment_id IS NOT NULL)),
    CHECK ((proof_kind IS NULL) = (proof_file_id IS NULL)),
    CHECK (invoice_id IS NULL OR request_id IS NULL)
);
CREATE UNIQUE INDEX claims_one_of_invoice ON claims (invoice_id) WHERE status = 'waiting';
CREATE UNIQUE INDEX claims_one_of_request ON claims (request_id) WHERE status = 'waiting';
CREATE UNIQUE INDEX claims_one_of_person ON claims (person_id)
    WHERE status = 'waiting' AND invoice_id IS NULL AND request_id IS NULL;
CREATE INDEX claims_waiting ON claims (id) WHERE status = 'waiting';
CREATE INDEX claims_of_person ON claims (person_id, id);
CREATE INDEX claims_of_proof ON claims (proof_hash) WHERE proof_hash IS NOT NULL;

CREATE TABLE claim_lines (
    claim_id     bigint NOT NULL REFERENCES claims ON DELETE CASCADE,
    position     smallint NOT NULL,
    method       text NOT NULL CHECK (method IN ('cash', 'upi', 'card', 'bank')),
    amount_paise bigint NOT NULL CHECK (amount_paise > 0),
    reference    text CHECK (char_length(reference) BETWEEN 1 AND 40),
    PRIMARY KEY (claim_id, position)
);

-- A bank's reference counts once in the club: while a claim waits, and for good once it is booked.
-- The key is the reference in capitals, letters and digits alone.
CREATE TABLE bank_references (
    key        text PRIMARY KEY,
    claim_id   bigint REFERENCES claims,
    payment_id bigint REFERENCES payments,
    CHECK (claim_id IS NOT NULL OR payment_id IS NOT NULL)
);
CREATE INDEX bank_references_of_claim ON bank_references (claim_id);
CREATE INDEX bank_references_of_payment ON bank_references (payment_id);

-- A member does not agree with an invoice; it stands until an admin has looked at it.
CREATE TABLE invoice_rejections (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id  bigint NOT NULL REFERENCES invoices,
    person_id   bigint NOT NULL REFERENCES people,
    reason      text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 300),
    rejected_at timestamptz NOT NULL DEFAULT now(),
    settled_at  timestamptz,
    settled_by  bigint REFERENCES people,
    CHECK ((settled_at IS NULL) = (settled_by IS NULL))
);
CREATE UNIQUE INDEX invoice_rejections_open ON invoice_rejections (invoice_id)
    WHERE settled_at IS NULL;

-- Numbers of a sealed series are given no more: a backup was restored, and may not know the last.
ALTER TABLE document_series ADD COLUMN is_sealed boolean NOT NULL DEFAULT false;
