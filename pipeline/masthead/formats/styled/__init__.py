"""Paragraphs that are known by a style or a place, and tables of them, into a Document."""
