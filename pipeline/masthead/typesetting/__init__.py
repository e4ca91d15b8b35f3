"""Typesetting: a page of HTML becomes a PDF, in the project's fonts.

In: `Html` of the room `page`. Out: `Pdf`. Only this room imports WeasyPrint, pydyf, Pango and fontconfig. It loads
private copies of WeasyPrint and pydyf (`engine`), so a program that uses Masthead may use WeasyPrint too.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
