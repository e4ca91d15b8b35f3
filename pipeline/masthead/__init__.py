"""Publishes United Nations parliamentary documents as PDF, Arabic first.

    import masthead

    edition = masthead.publish("A_RES_104_12.en.md")
    edition.pdf.save("A_RES_104_12.en.pdf")

docs/api.md shows each function at work. The names below are all there are; they are imported when they are first used,
so that `import masthead` is quick.
"""

from typing import TYPE_CHECKING, Any

import lazy_loader

if TYPE_CHECKING:  # the same names for type checkers and editors
    from masthead.batch import Outcome as Outcome
    from masthead.batch import run as run
    from masthead.comparison import Comparison as Comparison
    from masthead.comparison import Difference as Difference
    from masthead.comparison import Tolerance as Tolerance
    from masthead.comparison import compare as compare
    from masthead.document import BaselineError as BaselineError
    from masthead.document import Document as Document
    from masthead.document import Finding as Finding
    from masthead.document import Language as Language
    from masthead.document import MastheadError as MastheadError
    from masthead.document import OrderError as OrderError
    from masthead.document import Organization as Organization
    from masthead.document import Pagination as Pagination
    from masthead.document import PrintError as PrintError
    from masthead.document import ResourceError as ResourceError
    from masthead.document import Severity as Severity
    from masthead.document import SourceError as SourceError
    from masthead.document import TemplateError as TemplateError
    from masthead.document import TypesettingError as TypesettingError
    from masthead.document import Variant as Variant
    from masthead.page import Emblem as Emblem
    from masthead.page import Html as Html
    from masthead.preflight import Report as Report
    from masthead.preflight import check as check
    from masthead.press.imposition import Booklet as Booklet
    from masthead.press.imposition import CutStack as CutStack
    from masthead.press.imposition import NUp as NUp
    from masthead.press.imposition import Perfect as Perfect
    from masthead.press.imposition import Saddle as Saddle
    from masthead.press.imposition import SheetOptions as SheetOptions
    from masthead.press.imposition import impose as impose
    from masthead.publication import Edition as Edition
    from masthead.publication import Options as Options
    from masthead.publication import SourceFile as SourceFile
    from masthead.publication import compare_texts as compare_texts
    from masthead.publication import convert as convert
    from masthead.publication import mark_up as mark_up
    from masthead.publication import publish as publish
    from masthead.publication import read as read
    from masthead.publication import render_redline as render_redline
    from masthead.publication import typeset as typeset
    from masthead.typesetting import Pdf as Pdf

    __version__: str

else:
    _import, __dir__, __all__ = lazy_loader.attach(
        __name__,
        submod_attrs={
            "batch": ["Outcome", "run"],
            "comparison": ["Comparison", "Difference", "Tolerance", "compare"],
            "document": [
                *("Document", "Finding", "Language", "Organization", "Pagination", "Severity", "Variant"),
                "MastheadError",
                *("BaselineError", "OrderError", "PrintError", "ResourceError", "SourceError"),
                *("TemplateError", "TypesettingError"),
            ],
            "page": ["Emblem", "Html"],
            "preflight": ["Report", "check"],
            "press.imposition": ["Booklet", "CutStack", "SheetOptions", "NUp", "Perfect", "Saddle", "impose"],
            "publication": [
                *("Edition", "Options", "SourceFile", "convert", "mark_up", "publish", "read", "typeset"),
                *("compare_texts", "render_redline"),
            ],
            "typesetting": ["Pdf"],
        },
    )

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            from importlib.metadata import version  # slower to import than everything else here

            return version("masthead")
        return _import(name)
