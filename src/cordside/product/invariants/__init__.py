"""The sixteen invariants of the cells, each a function over product rows that says where it is broken."""
