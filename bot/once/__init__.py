"""See ARCHITECTURE.md: once."""
