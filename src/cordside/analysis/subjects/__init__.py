"""Who the subjects are: listings and characteristics."""
