"""See ARCHITECTURE.md: states."""
