"""Swabs, and days to negativity under named rules."""
