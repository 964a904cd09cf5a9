"""Patients rebuilt from published summaries: rows that print every published number, and stand for nobody."""
