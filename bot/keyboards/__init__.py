"""See ARCHITECTURE.md: keyboards."""
