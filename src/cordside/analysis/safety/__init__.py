"""What was given and what went wrong: infusions, exposure, other treatments, adverse events, deviations."""
