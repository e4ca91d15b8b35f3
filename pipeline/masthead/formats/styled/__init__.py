"""Paragraphs that are known by their style or position, and tables of them, into a Document."""
