"""Study folders read; rows checked against domain, protocol and one another; study days, units, timeline and cut."""
