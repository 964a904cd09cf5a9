"""Statistics that can be trusted: pure functions, their conventions named, each checked against a reference value."""
