-- Which steps of its reminders an invoice has had: a step that was missed is not made up for once
-- a later one was said.
CREATE TABLE dues_reminders (
    invoice_id  bigint NOT NULL REFERENCES invoices,
    step        smallint NOT NULL,                           -- days after the due day
    reminded_on date NOT NULL,
    PRIMARY KEY (invoice_id, step)
);
