"""Word documents (`.docx`, ECMA-376) in the styles of the UN template, as `docs/word.md` describes.

In: the bytes of a file from any program. Out: a Document, and in the other direction a file that is read as the same.
Only this package imports python-docx; it makes and reads the elements of WordprocessingML with lxml.
"""
