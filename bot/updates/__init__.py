"""How updates come in: by polling or by webhook, to where both roads meet."""
