"""What a text editor asks while a document is written: the language server (`masthead lsp`), and its answers.

In: the text of a source, saved or not, and a place in it. Out: findings, completions, explanations, places. The answers
are pure functions; only `server` speaks the Language Server Protocol, and imports pygls (the `lsp` extra).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
