"""The one way backups say no: a sentence that says what is wrong and what to do."""


class BackupError(Exception):
    """It was not done, or cannot be trusted. ``str()`` of it is meant for people."""
