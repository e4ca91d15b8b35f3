"""Forms of documents: Markdown, transcripts, Akoma Ntoso, Word and HTML. A form is a file format.

In: the bytes of a source. Out: a Document; and back again. Each form is a package with a reader, a writer or both;
`registry` finds the package by the suffix of a file name. Only this room imports markdown-it-py, lxml,
python-docx and PyYAML.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
