"""One small function a verb: transactions start and end here, and rights are checked here."""
