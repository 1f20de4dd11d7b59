"""Stands in for the sentences of the form that writes invoices."""

NOT_YET = "This is not there yet."
