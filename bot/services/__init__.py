"""See ARCHITECTURE.md: services."""
