"""How the bot speaks to Telegram: the session, and what each refusal means."""
