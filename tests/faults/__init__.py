"""Processes that are killed and paused, servers that come and go, and the promises that must hold.

``servers`` and ``proxy`` are what goes wrong, ``workers`` whom it happens to, ``stage`` puts them
together with the simulator; ``invariants`` says what must be true afterwards; ``dying`` kills a
worker at the n-th await of one update; ``soak`` does everything at random, for as long as asked.

A later feature adds its people's doings to ``life``, its rules to ``invariants`` and its deadly
paths to ``test_killed_at_every_await``.
"""
