"""Cytometry: events, gates, percentages and what they say about a lot."""
