"""What a page shows: characters and their places, drawings, pictures of the page. By PDFium."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, ["direction", "drawings", "measures", "pages", "pictures", "plates", "raster", "spots", "visibility"]
)
