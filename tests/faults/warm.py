"""Imported once by the server that worker processes are forked from, so that they start warm."""

import gc
import ssl

import certifi
import pytest  # noqa: F401 -- a worker that is told to be odd imports the test that says how

from bot import worker  # noqa: F401 -- with everything that it needs
from bot.app import offline_routes
from tests.faster import remember

remember()  # else every worker asks anew for the signatures of some two thousand handlers
ssl.create_default_context(cafile=certifi.where())  # as a bot's session does
offline_routes()  # the first wiring of a process builds aiogram's models; no network, no loop
gc.freeze()
