"""What the tests share: the harness, builders, the second reading of the rules. No test stands here."""
