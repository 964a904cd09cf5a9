"""The cells: from the donated cord to the syringe. Nothing is imported here, so that a command loads only what it needs."""
