"""See ARCHITECTURE.md: routers."""
