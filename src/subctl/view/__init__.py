"""Documents as people and programs read them: tables, JSON, CSV. No rule and no store."""
