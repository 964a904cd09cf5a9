"""The arithmetic of an appraisal: pure functions on printed numbers, a file a family, which know no published file."""
