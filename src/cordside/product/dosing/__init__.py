"""The dose: order, draw, caps, gate, and the pages to prepare it by."""
