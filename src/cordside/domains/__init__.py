"""What may be recorded: one declaration a domain."""
