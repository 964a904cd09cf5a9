"""Planned tables and figures, one file a family; a kind is one file here, one in `analysis/` and one in `report/`."""
