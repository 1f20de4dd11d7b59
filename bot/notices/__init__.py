"""See ARCHITECTURE.md: notices."""
