"""Beginning a published form from a table: its text, its labels, its cells."""
