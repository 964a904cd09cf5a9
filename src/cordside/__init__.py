"""Cordside runs a cell-therapy study: from the cord, to the bedside, to the paper."""

__version__ = "0.1.0"
