"""Other people's formats, one file a format."""
