"""Imported once by the server that worker processes are forked from, so that they start warm."""

import gc

from bot import worker  # noqa: F401 -- with everything that it needs
from bot.app import offline_routes

offline_routes()  # the first wiring of a process builds aiogram's models; no network, no loop
gc.freeze()
