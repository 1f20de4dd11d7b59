"""Backups of the club's database, and the way back from one.

A backup is one file in PostgreSQL's own archive format, written by ``pg_dump`` and read by
``pg_restore``: those on PATH when they are new enough for the server, else those that come with
ClubDesk. It holds everything; Redis holds nothing that must outlive it.
"""
