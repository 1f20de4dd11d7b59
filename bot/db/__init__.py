"""See ARCHITECTURE.md: db."""
