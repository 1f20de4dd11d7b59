"""Contract tests of the simulated Telegram."""
