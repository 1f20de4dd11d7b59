"""ClubDesk: a fitness club run from Telegram."""
