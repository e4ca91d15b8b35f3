"""What a United Nations document says of itself on its pages, recognized by place and by words."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["notes", "paragraphs", "places", "printed", "vocabulary"])
