"""One layout a kind: `draw(planned, rows, protocol) -> Table`."""
