"""Extracts: the text that pdftotext takes from a PDF of the United Nations."""
