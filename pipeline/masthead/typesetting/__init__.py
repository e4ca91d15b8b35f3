"""Typesetting: a page of HTML becomes a PDF, in the project's fonts.

In: `Html` of the room `page`. Out: `Pdf`. No other room knows WeasyPrint, Pango, fontconfig or pydyf; they are used in
private copies (`engine`), so a program that uses Masthead may use WeasyPrint too.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
