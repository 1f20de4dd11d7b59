"""See ARCHITECTURE.md: texts."""
