"""Comparisons and documents in the browser: the report as one file, review with decisions, and watch while writing."""
