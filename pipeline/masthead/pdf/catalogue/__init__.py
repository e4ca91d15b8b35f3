"""What a file says outside the content of its pages: catalogue, page boxes, annotations, metadata. By pypdf."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["objects", "signatures"])
