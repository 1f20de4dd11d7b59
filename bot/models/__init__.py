"""See ARCHITECTURE.md: models."""
