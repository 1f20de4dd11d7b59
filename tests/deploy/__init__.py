"""What docker-compose.yml and deploy/ promise, proven without a container engine."""
