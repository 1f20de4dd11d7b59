"""Every sentence about the club itself: first set-up and settings."""

FIRST_NAME = "Our club"
FIRST_WELCOME = "Welcome! Register here, and the club will let you in."
