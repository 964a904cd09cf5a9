"""The appraisal: what a published summary cannot be, what it leaves open, and which patients could lie behind it."""
