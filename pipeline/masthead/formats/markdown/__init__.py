"""Markdown with YAML front matter, the authoring format that `docs/format.md` describes.

In: the bytes of a `.md` file. Out: a Document, and in the other direction the text of the file again.
Only this package imports PyYAML, markdown-it-py and its plugins.
"""
