"""The record → result rows: one file a kind of planned analysis, each statistic a row, a failed one a row with its error."""
