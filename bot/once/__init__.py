"""Every update takes effect once, and one at a time per chat and person.

An in-process queue per key stands in front; behind it one record in Redis holds state, data, the
last update id and its reply, changed by compare-and-set. There is no lock that a dead worker could
leave behind. The reply is sent only after the record is saved, so a repeat sends it again and does
nothing else; a lost race runs the handler again on the new record, and what it writes to
PostgreSQL carries an operation id, unique there.
"""
