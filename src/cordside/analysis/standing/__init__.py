"""What every study has, planned or not: flow, eligibility, schedule, data."""
