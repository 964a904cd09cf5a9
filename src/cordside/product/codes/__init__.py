"""Codes on labels: their syntax, their check characters, and how they are drawn. No licensed table is here."""
