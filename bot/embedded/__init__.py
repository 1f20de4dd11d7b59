"""See ARCHITECTURE.md: embedded."""
