"""The rules: one file a rule, each with its id, its levels, its page and `judge`."""
