"""One form a file: `write(document) -> bytes`. They lay out; every word is decided before."""
