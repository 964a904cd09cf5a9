"""The study as planned, read from protocol.yaml with every mistake at once."""
