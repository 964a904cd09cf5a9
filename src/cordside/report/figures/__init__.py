"""One figure a kind: `draw(planned, rows, protocol) -> svg`. The only place that knows matplotlib."""
