"""What documents refer to, in six languages: text in, citations as values out, and citations written as text again.

`document_search` finds documents in the plain text of a source, `citation_search` everything else in inline content,
`linking` says where each citation leads. All patterns come from the locales.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
