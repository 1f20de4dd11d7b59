"""ClubDesk: a fitness club run from Telegram."""

__version__ = "0.1.0"
