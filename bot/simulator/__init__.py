"""See ARCHITECTURE.md: simulator."""
