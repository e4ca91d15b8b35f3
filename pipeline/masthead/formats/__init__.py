"""Forms of documents: Markdown, transcripts, Akoma Ntoso, Word and HTML.

In: the bytes of a source. Out: a Document; and back again. Each form is a package with a reader, a writer or both;
`registry` finds it by the suffix of a file. Only this room imports markdown-it-py, lxml, python-docx and PyYAML.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
