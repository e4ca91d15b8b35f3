"""What documents refer to, in six languages: recognised as values and written again."""

from masthead.document.references.citation import Citation, Found, Kind
from masthead.document.references.linking import Link, Linker
from masthead.document.references.recognition import citations, cited, organs_named
from masthead.document.references.units import Unit, units
from masthead.document.references.writing import write

__all__ = [
    "Citation",
    "Found",
    "Kind",
    "Link",
    "Linker",
    "Unit",
    "citations",
    "cited",
    "organs_named",
    "units",
    "write",
]
